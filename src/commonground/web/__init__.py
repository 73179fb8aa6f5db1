"""The web: a Django project, one app per noun, each with its own models, actions, views, urls, templates and tests."""
