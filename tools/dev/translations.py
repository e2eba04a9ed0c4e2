#!/usr/bin/env python3
"""Whether the app's catalogues are complete: translations.py LUPDATE [--update]

Every text of ui-qml must be in every catalogue, translated, with the forms of number its language has and the
same places (%1, %n) as the text; and nothing else may be there. --update takes down what is new and drops what
is gone; what is then to be translated is listed."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

UI = pathlib.Path(__file__).resolve().parents[2] / "ui-qml"
FORMS = {"en": 2, "de": 2, "id": 1}


def update(lupdate, catalogue, language):
    """English is what the texts are written in: it has a catalogue of plurals alone."""
    only = ["-pluralonly"] if language == "en" else []
    subprocess.run([lupdate, "-silent", "-locations", "none", "-no-obsolete", "-source-language", "en",
                    "-target-language", language, *only, str(UI), "-ts", str(catalogue)],
                   check=True, stderr=subprocess.DEVNULL)


def places(text):
    return sorted(set(re.findall(r"%(?:\d|n|L\d)", text or "")))


def texts(catalogue):
    """(context, source, comment) to the message."""
    found = {}
    for context in ElementTree.parse(catalogue).iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name"), message.findtext("source"), message.findtext("comment") or "")
            found[key] = message
    return found


def problem_of(message, language):
    source = message.findtext("source")
    translation = message.find("translation")
    if translation is None or translation.get("type"):
        return "is not translated"
    numerus = message.get("numerus") == "yes"
    forms = [form.text or "" for form in translation.iter("numerusform")] if numerus else [translation.text or ""]
    if numerus and len(forms) != FORMS[language]:
        return f"has {len(forms)} forms of number, not {FORMS[language]}"
    if not all(form.strip() for form in forms):
        return "is empty"
    for at, form in enumerate(forms):
        # "once" may do without the number where it can be one alone.
        lacking = set(places(source)) ^ set(places(form))
        if lacking - ({"%n"} if at == 0 and FORMS[language] > 1 else set()):
            return f"has other places than its text: {form}"
    return None


def problems_of(lupdate, language, directory):
    catalogue = UI / "i18n" / f"cachify_{language}.ts"
    fresh = pathlib.Path(directory) / catalogue.name
    shutil.copy(catalogue, fresh)
    update(lupdate, fresh, language)
    kept, wanted = texts(catalogue), texts(fresh)
    name = lambda key: f"{catalogue.name}: {key[0]}: “{key[1]}”"
    for key in wanted.keys() - kept.keys():
        yield f"{name(key)} is missing"
    for key in kept.keys() - wanted.keys():
        yield f"{name(key)} is in no file any more"
    for key in kept.keys() & wanted.keys():
        if problem := problem_of(kept[key], language):
            yield f"{name(key)} {problem}"


def main(lupdate, *options):
    if "--update" in options:
        for language in FORMS:
            update(lupdate, UI / "i18n" / f"cachify_{language}.ts", language)
    with tempfile.TemporaryDirectory() as directory:
        problems = [problem for language in FORMS for problem in problems_of(lupdate, language, directory)]
    print("\n".join(sorted(problems)) or "every text is in every catalogue")
    return 1 if problems and "--update" not in options else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
