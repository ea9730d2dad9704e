"""Dialogs: settings, shortcuts, new project, import and export, about."""
