"""Dialogs: settings, shortcuts, new project, import and export, a video's frames, about."""
