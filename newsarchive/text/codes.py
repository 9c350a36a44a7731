"""Codes of languages as BCP 47 writes them: one spelling for what is one language.

Both tables are CLDR's; `tools/cldr.py` prints them anew.
"""

from __future__ import annotations

import functools
from typing import Final

# Three-letter and withdrawn codes, each with the one that stands for it.
_ALIASES: Final = """
    aar=aa abk=ab adp=dz afr=af aka=ak alb=sq als=sq amh=am ara=ar arb=ar arg=an arm=hy asm=as ava=av ave=ae
    aym=ay ayr=ay aze=az azj=az bak=ba bam=bm baq=eu bel=be ben=bn bis=bi bod=bo bos=bs bre=br bul=bg bur=my
    cat=ca ces=cs cha=ch che=ce chi=zh chu=cu chv=cv cls=sa cmn=zh cnr=sr-ME cor=kw cos=co cre=cr cwd=cr
    cym=cy cze=cs dan=da deu=de div=dv drh=mn drw=fa-AF dut=nl dzo=dz ekk=et ell=el eng=en epo=eo esk=ik
    est=et eus=eu ewe=ee fao=fo fas=fa fij=fj fin=fi fra=fr fre=fr fry=fy fuc=ff ful=ff gaz=om geo=ka ger=de
    gla=gd gle=ga glg=gl glv=gv gre=el grn=gn gug=gn guj=gu hat=ht hau=ha hbs=sr-Latn heb=he her=hz hin=hi
    hmo=ho hrv=hr hun=hu hye=hy ibo=ig ice=is ido=io iii=ii ike=iu iku=iu ile=ie in=id ina=ia ind=id ipk=ik
    isl=is ita=it iw=he jav=jv ji=yi jpn=ja kal=kl kan=kn kas=ks kat=ka kau=kr kaz=kk khk=mn khm=km kik=ki
    kin=rw kir=ky kmr=ku knc=kr kng=kg kom=kv kon=kg kor=ko kpv=kv kua=kj kur=ku lao=lo lat=la lav=lv lim=li
    lin=ln lit=lt ltz=lb lub=lu lug=lg lvs=lv mac=mk mah=mh mal=ml mao=mi mar=mr may=ms mkd=mk mlg=mg mlt=mt
    mo=ro mol=ro mon=mn mri=mi msa=ms mya=my nau=na nav=nv nbl=nr nde=nd ndo=ng nep=ne nld=nl nno=nn nob=nb
    nor=no npi=ne nya=ny oci=oc ojg=oj oji=oj ori=or orm=om ory=or oss=os pan=pa pbu=ps per=fa pes=fa pli=pi
    plt=mg pol=pl por=pt prp=gu prs=fa-AF pus=ps que=qu quz=qu roh=rm ron=ro rum=ro run=rn rus=ru sag=sg
    san=sa scc=sr scr=hr sin=si slk=sk slo=sk slv=sl sme=se smo=sm sna=sn snd=sd som=so sot=st spa=es sqi=sq
    src=sc srd=sc srp=sr ssw=ss sun=su swa=sw swc=sw-CD swe=sv swh=sw tah=ty tam=ta tat=tt tel=te tgk=tg
    tha=th tib=bo tir=ti tnf=fa-AF ton=to tsn=tn tso=ts tuk=tk tur=tr twi=ak uig=ug ukr=uk urd=ur uzb=uz
    uzn=uz ven=ve vie=vi vol=vo wel=cy wln=wa wol=wo xho=xh ydd=yi yid=yi yor=yo zha=za zho=zh zsm=ms zul=zu
    zyb=za
"""

# Languages with the script and the region that they are presumed to be of.
_LIKELY: Final = """
    aa-Latn-ET ab-Cyrl-GE ae-Avst-IR af-Latn-ZA ak-Latn-GH am-Ethi-ET an-Latn-ES ar-Arab-EG as-Beng-IN
    av-Cyrl-RU ay-Latn-BO az-Latn-AZ ba-Cyrl-RU be-Cyrl-BY bg-Cyrl-BG bi-Latn-VU bm-Latn-ML bn-Beng-BD
    bo-Tibt-CN br-Latn-FR bs-Latn-BA ca-Latn-ES ce-Cyrl-RU ch-Latn-GU co-Latn-FR cr-Cans-CA cs-Latn-CZ
    cu-Cyrl-RU cv-Cyrl-RU cy-Latn-GB da-Latn-DK de-Latn-DE dv-Thaa-MV dz-Tibt-BT ee-Latn-GH el-Grek-GR
    en-Latn-US eo-Latn-001 es-Latn-ES et-Latn-EE eu-Latn-ES fa-Arab-IR ff-Latn-SN fi-Latn-FI fj-Latn-FJ
    fo-Latn-FO fr-Latn-FR fy-Latn-NL ga-Latn-IE gd-Latn-GB gl-Latn-ES gn-Latn-PY gu-Gujr-IN gv-Latn-IM
    ha-Latn-NG he-Hebr-IL hi-Deva-IN ho-Latn-PG hr-Latn-HR ht-Latn-HT hu-Latn-HU hy-Armn-AM hz-Latn-NA
    ia-Latn-001 id-Latn-ID ie-Latn-EE ig-Latn-NG ii-Yiii-CN ik-Latn-US io-Latn-001 is-Latn-IS it-Latn-IT
    iu-Cans-CA ja-Jpan-JP jv-Latn-ID jw-Latn-ID ka-Geor-GE kg-Latn-CD ki-Latn-KE kj-Latn-NA kk-Cyrl-KZ
    kl-Latn-GL km-Khmr-KH kn-Knda-IN ko-Kore-KR kr-Latn-NG ks-Arab-IN ku-Latn-TR kv-Cyrl-RU kw-Latn-GB
    ky-Cyrl-KG la-Latn-VA lb-Latn-LU lg-Latn-UG li-Latn-NL ln-Latn-CD lo-Laoo-LA lt-Latn-LT lu-Latn-CD
    lv-Latn-LV mg-Latn-MG mh-Latn-MH mi-Latn-NZ mk-Cyrl-MK ml-Mlym-IN mn-Cyrl-MN mr-Deva-IN ms-Latn-MY
    mt-Latn-MT my-Mymr-MM na-Latn-NR nb-Latn-NO nd-Latn-ZW ne-Deva-NP ng-Latn-NA nl-Latn-NL nn-Latn-NO
    no-Latn-NO nr-Latn-ZA nv-Latn-US ny-Latn-MW oc-Latn-FR oj-Cans-CA om-Latn-ET or-Orya-IN os-Cyrl-GE
    pa-Guru-IN pi-Latn-GB pl-Latn-PL ps-Arab-AF pt-Latn-BR qu-Latn-PE rm-Latn-CH rn-Latn-BI ro-Latn-RO
    ru-Cyrl-RU rw-Latn-RW sa-Deva-IN sc-Latn-IT sd-Arab-PK se-Latn-NO sg-Latn-CF si-Sinh-LK sk-Latn-SK
    sl-Latn-SI sm-Latn-WS sn-Latn-ZW so-Latn-SO sq-Latn-AL sr-Cyrl-RS ss-Latn-ZA st-Latn-ZA su-Latn-ID
    sv-Latn-SE sw-Latn-TZ ta-Taml-IN te-Telu-IN tg-Cyrl-TJ th-Thai-TH ti-Ethi-ET tk-Latn-TM tl-Latn-PH
    tn-Latn-ZA to-Latn-TO tr-Latn-TR ts-Latn-ZA tt-Cyrl-RU ty-Latn-PF ug-Arab-CN uk-Cyrl-UA ur-Arab-PK
    uz-Latn-UZ ve-Latn-ZA vi-Latn-VN vo-Latn-001 wa-Latn-BE wo-Latn-SN xh-Latn-ZA yi-Hebr-UA yo-Latn-NG
    za-Latn-CN zh-Hans-CN zu-Latn-ZA
"""

SPOKEN: Final = {"cn": "zh", "ir": "fa", "kg": "ky", "kz": "kk", "tj": "tg", "tm": "tk", "ua": "uk"}
"""Languages by the codes of countries that are mistaken for theirs, and are those of none or of a rare one."""


def is_language(code: str) -> bool:
    """Whether a code of two or three letters, without what may follow it, is that of a language known here."""
    return canonical_language(code) in _with_two_letters()


@functools.cache
def _with_two_letters() -> frozenset[str]:
    return frozenset(likely.partition("-")[0] for likely in _LIKELY.split())


def canonical_language(code: str) -> str:
    """Return a code in lower case with hyphens and with the usual code of its language: `rus-RU` is `ru-ru`."""
    language, hyphen, rest = code.strip().lower().replace("_", "-").partition("-")
    usual = _aliases().get(language, language)
    # What a code stands for may have a region of its own, which gives way to the one that is written.
    return f"{usual.partition('-')[0]}-{rest}" if hyphen else usual


@functools.lru_cache(maxsize=1 << 8)
def plain_language(code: str) -> str:
    """Return a canonical code without a script and region that go without saying: `ru-RU` is `ru`, not `ru-KZ`."""
    language, *rest = canonical_language(code).split("-")
    script, region = _likely().get(language, ("", ""))
    if rest and rest[0] == script:
        del rest[0]
    if rest == [region]:
        del rest[0]
    return "-".join([language, *rest])


@functools.cache
def _aliases() -> dict[str, str]:
    pairs = (pair.partition("=") for pair in _ALIASES.lower().split())
    return {code: usual for code, _, usual in pairs}


@functools.cache
def _likely() -> dict[str, tuple[str, str]]:
    rows = (row.split("-") for row in _LIKELY.lower().split())
    return {language: (script, region) for language, script, region in rows}
