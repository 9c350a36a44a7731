#!/usr/bin/env bash
# Expected: a SPARQL query for what is dated in 2021 or later gives nothing of 1999. Where a date of one kind is compared with one
#   of another, of which SPARQL knows no order, such as a year (xsd:gYear) with a day (xsd:date), that is a type error, and
#   FILTER leaves the solution out (SPARQL 1.1, 17.2 and 17.3); Oxigraph does so. Vocabularies in SKOS and Dublin Core
#   have years, months, days and instants side by side.
# Really: rdflib compares the names of the two types where it cannot compare the values, which is its order for ORDER BY: "dateTime",
#   "gYear", "integer" and "string" come after "date". So 1999 and "unknown" are dated 2021-01-01 or later, and the last hour
#   of 1999 as well, because it is an instant; and no year, however early, is before a day. The days are right, and nothing is said.
# Package: rdflib 7.6.0, pyoxigraph 0.5.13 (PyPI).
# Source: https://www.w3.org/TR/sparql11-query/#OperatorMapping and #evaluation.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13 2>/dev/null
cat >"$folder/stories.ttl" <<'TURTLE'
@prefix : <https://news.example/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:day1999 dct:issued "1999-05-01"^^xsd:date .
:day2021 dct:issued "2021-06-01"^^xsd:date .
:hour1999 dct:issued "1999-12-31T23:00:00Z"^^xsd:dateTime .
:month1999 dct:issued "1999-05"^^xsd:gYearMonth .
:unknown dct:issued "unknown" .
:year1999 dct:issued "1999"^^xsd:gYear .
TURTLE
cat >"$folder/seen" <<'TEXT'
rdflib >= "2021-01-01"^^xsd:date day2021 hour1999 month1999 unknown year1999
oxigraph >= "2021-01-01"^^xsd:date day2021
rdflib < "2021-01-01"^^xsd:date day1999
oxigraph < "2021-01-01"^^xsd:date day1999
TEXT
"$folder/venv/bin/python" - "$folder/stories.ttl" >"$folder/printed" <<'PYTHON'
import sys

import pyoxigraph
import rdflib

path = sys.argv[1]
graph = rdflib.Graph().parse(path)
store = pyoxigraph.Store()
store.load(path=path, format=pyoxigraph.RdfFormat.TURTLE)
for condition in ('>= "2021-01-01"^^xsd:date', '< "2021-01-01"^^xsd:date'):
    query = f"""PREFIX dct: <http://purl.org/dc/terms/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        SELECT ?story WHERE {{ ?story dct:issued ?date FILTER(?date {condition}) }} ORDER BY ?story"""
    for name, addresses in (
        ("rdflib", [str(story) for (story,) in graph.query(query)]),
        ("oxigraph", [solution["story"].value for solution in store.query(query)]),
    ):
        print(name, condition, *(address.rsplit("/")[-1] for address in addresses))
PYTHON
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
