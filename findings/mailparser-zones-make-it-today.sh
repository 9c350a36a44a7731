#!/usr/bin/env bash
# Expected: a message was sent when its Date says, and where that cannot be read it has no date, as mailparser gives none where there is
#   no Date at all (`date` is a Date object made of the header, says its manual). Names of zones beside a few American ones are to be
#   read as -0000, a time of UTC of which the zone is not known (RFC 5322, 4.3): "Fri, 29 Jan 2021 10:00:00 ALMT", as mail from
#   Almaty says, is ten o'clock of UTC, and so Python's email has it.
# Really: a Date that JavaScript cannot read becomes the instant at which the message is parsed, a sound Date which nothing marks: what
#   was sent in 2021 with the zone ALMT, or with a weekday and month in Russian, is dated today, and tomorrow tomorrow.
# Package: mailparser 3.14.2 (npm).
# Source: https://nodemailer.com/extras/mailparser ("mail object"); https://www.rfc-editor.org/rfc/rfc5322#section-4.3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" mailparser@3.14.2 >/dev/null 2>&1
cat >"$folder/dates.js" <<'JS'
const { simpleParser } = require("mailparser");
(async () => {
  const started = new Date();
  for (const date of [
    "Date: Fri, 29 Jan 2021 10:00:00 +0600",
    "Date: Fri, 29 Jan 2021 10:00:00 ALMT",
    "Date: пт, 29 янв 2021 10:00:00 +0600",
    "Date: 29.01.2021 10:00",
    "X-No: date",
  ]) {
    const mail = await simpleParser(`From: press@example.org\nSubject: Saiga\n${date}\n\nThe herd is back.\n`);
    console.log(`${date}: ${mail.date >= started ? "the time of parsing" : mail.date && mail.date.toISOString()}`);
  }
})();
JS
cat >"$folder/seen" <<'TEXT'
Date: Fri, 29 Jan 2021 10:00:00 +0600: 2021-01-29T04:00:00.000Z
Date: Fri, 29 Jan 2021 10:00:00 ALMT: the time of parsing
Date: пт, 29 янв 2021 10:00:00 +0600: the time of parsing
Date: 29.01.2021 10:00: the time of parsing
X-No: date: undefined
TEXT
node "$folder/dates.js" >"$folder/printed"
cat "$folder/printed"
diff "$folder/seen" "$folder/printed"
