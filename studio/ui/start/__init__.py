"""The start page: new project, recent projects, sample project."""
