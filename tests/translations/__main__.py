"""Bring the translation files up to date and compile them."""

from __future__ import annotations

from tests.translations import collecting, ts_files


def main() -> None:
    messages, misuses = collecting.collect()
    for misuse in misuses:
        print(misuse)
    for language in ts_files.LANGUAGES:
        known = ts_files.read(ts_files.source_file(language))
        wanted = ts_files.wanted(language, messages)
        ts_files.write(language, wanted, known)
        ts_files.compile_to(language, ts_files.compiled_file(language))
        missing = [each for each in wanted if each not in known or not known[each].finished]
        print(f"{language}: {len(wanted)} strings, {len(missing)} to translate")


if __name__ == "__main__":
    main()
