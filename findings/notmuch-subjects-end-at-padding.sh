#!/usr/bin/env bash
# Expected: a long subject in Cyrillic is several encoded words, one after the other (RFC 2047, 2: none longer than 75 characters),
#   each of which is decoded by itself, and the blanks between them are left out. Base64 of UTF-8 ends in "=" in two words
#   of three. Python's email package writes and reads such subjects, and so do mail programs.
# Really: notmuch, which reads mail with GMime, decodes words of the same charset in one go and stops at the first "=" within:
#   what comes after that word is not shown, and no search finds it, although the message is there and nothing was
#   said. The same subject in quoted-printable ("Q") is read whole.
# Package: notmuch 0.37-1+b1 with libgmime-3.0-0 3.2.13+dfsg-2 (Debian 12), Python's email of any 3.x.
# Source: RFC 2047, sections 2, 4.1 and 6.2; notmuch-search-terms(7), "subject:".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
mkdir -p "$folder/debian" "$folder/mail/cur" "$folder/mail/new" "$folder/mail/tmp"
(
  cd "$folder/debian"
  apt-get download --quiet notmuch=0.37-1+b1 libnotmuch5=0.37-1+b1 libgmime-3.0-0=3.2.13+dfsg-2 libxapian30 libtalloc2 \
    libgpgme11 libassuan0 libgpg-error0 libidn2-0 libunistring2 libsexp1 libglib2.0-0 >/dev/null 2>&1
  for package in *.deb; do dpkg-deb --extract "$package" .; done
)
libraries=$(dirname "$(find "$folder/debian" -name 'libgmime-3.0.so.0' | head -n 1)")
export NOTMUCH_CONFIG="$folder/config"
notmuch() { LD_LIBRARY_PATH="$libraries" "$folder/debian/usr/bin/notmuch" "$@"; }
printf '[database]\npath=%s\n[user]\nname=x\nprimary_email=x@news.example\n' "$folder/mail" >"$folder/config"
python3 - "$folder/mail/cur" <<'PYTHON'
import sys
from email import message_from_bytes, policy
from email.charset import QP, Charset
from email.header import Header
from email.message import EmailMessage
from pathlib import Path

subject = "Совещание государств ареала по сохранению сайгака и других степных животных в Алматы"
for name in ("base64", "quoted"):
    message = EmailMessage()
    message["From"] = "press@news.example"
    message["Date"] = "Thu, 29 Aug 2013 10:00:00 +0000"
    message["Message-ID"] = f"<{name}@news.example>"
    message["Subject"] = subject
    message.set_content("See attached.")
    text = bytes(message)
    if name == "quoted":
        charset = Charset("utf-8")
        charset.header_encoding = QP
        old = text[text.index(b"Subject:") : text.index(b"\nContent-")]
        text = text.replace(old, b"Subject: " + Header(subject, charset, header_name="Subject").encode().encode())
    assert message_from_bytes(text, policy=policy.default)["Subject"] == subject
    Path(sys.argv[1], f"{name}:2,S").write_bytes(text)
PYTHON
notmuch new --quiet
for name in base64 quoted; do
  echo "$name: $(notmuch search --format=json "id:$name@news.example" | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["subject"])')"
done >"$folder/printed"
echo "found by Алматы: $(notmuch search --output=messages subject:Алматы | xargs)" >>"$folder/printed"
cat >"$folder/seen" <<'TEXT'
base64: Совещание государств ареала по сохранению сайга
quoted: Совещание государств ареала по сохранению сайгака и других степных животных в Алматы
found by Алматы: id:quoted@news.example
TEXT
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
