"""Finding every visible string of the program, and keeping its translations in step.

``python -m tests.translations`` brings ``resources/i18n/*.ts`` up to date and compiles them. New
strings are left unfinished there: write their translation into the file and run it again.
"""
