"""The components every page is made of."""

import pytest
from django import forms
from django.template import Context, Engine, Template, TemplateSyntaxError
from django.utils import translation

from commonground.records.words import Words


def rendered(source: str, **context: object) -> str:
    return Template("{% load look %}" + source).render(Context(context))


def test_a_notice_says_its_kind_in_its_class_and_escapes_its_title() -> None:
    html = rendered('{% notice "warn" title "status" %}<p>Body</p>{% endnotice %}', title="<b>")
    assert html == (
        '<div class="notice notice-warn" role="status"><p class="notice-title">&lt;b&gt;</p><p>Body</p></div>'
    )


def test_a_notice_of_an_unknown_kind_is_a_mistake_of_the_page() -> None:
    with pytest.raises(TemplateSyntaxError, match="a notice is one of"):
        rendered('{% notice "loud" %}{% endnotice %}')


def test_a_card_has_a_heading_of_its_level() -> None:
    assert rendered('{% card "Title" 3 %}x{% endcard %}') == '<section class="card"><h3>Title</h3>x</section>'


def test_progress_says_itself_in_words() -> None:
    html = rendered('{% progress 2 12 "Task 3 of 12" %}')
    assert '<progress value="2" max="12" aria-label="Task 3 of 12">' in html


def test_a_table_heads_its_rows_and_aligns_its_numbers() -> None:
    columns = [{"label": "Item"}, {"label": "Times", "number": True}]
    html = rendered('{% table "Counts" columns rows "A note" %}', columns=columns, rows=[["Tea", 3]])
    assert "<caption>Counts</caption>" in html
    assert '<th scope="row">Tea</th><td class="number">3</td>' in html
    assert "A note" in html


def test_a_dialog_needs_no_script() -> None:
    html = rendered('{% dialog "sure" "Really?" "Close it" %}<p>Yes</p>{% enddialog %}')
    assert 'popovertarget="sure"' in html
    assert 'role="dialog" aria-labelledby="sure-title"' in html


def test_a_chart_stands_with_its_words_and_its_table() -> None:
    html = rendered(
        '{% chart "Trust leads" "a.svg" "Dots" subtitle="12 people" columns=columns rows=rows downloads=downloads %}',
        columns=[{"label": "Item"}], rows=[["Trust"]], downloads=[("SVG", "a.svg")],
    )  # fmt: skip
    assert 'alt="Dots"' in html
    assert "12 people" in html
    assert '<a href="a.svg" download>SVG</a>' in html
    assert "Trust</th>" in html


class Greeting(forms.Form):
    name = forms.CharField(help_text="As you like to be called.")
    fine = forms.BooleanField(required=False, label="All is fine")


def test_a_field_reads_label_help_error_control() -> None:
    form = Greeting({})
    html = rendered("{% error_summary form %}{% field form.name %}{% field form.fine %}", form=form)
    order = [html.index('for="id_name"'), html.index("As you like"), html.index('id="id_name_error"')]
    assert order == sorted(order)
    assert 'class="input"' in html
    assert 'aria-invalid="true"' in html
    assert '<a href="#id_name">' in html
    assert '<label class="choice" for="id_fine">' in html


def test_steps_say_where_one_is() -> None:
    html = rendered("{% steps steps %}", steps=[{"label": "Items", "state": "done"}, {"label": "Live", "state": "now"}])
    assert 'aria-current="step"' in html
    assert "(done)" in html


def test_a_studys_text_is_marked_where_it_is_in_another_language() -> None:
    both, english = Words({"en": "Tea", "fr": "Thé"}), Words({"en": "Tea & co"})
    with translation.override("fr"):
        assert rendered("{% say words %}", words=both) == "Thé"
        assert rendered("{% say words %}", words=english) == '<span lang="en">Tea &amp; co</span>'
        assert rendered("{{ words|said }}", words=english) == "Tea &amp; co"
        assert rendered("{% say words %}", words=Words.model_validate("Tea")) == "Tea"
    assert rendered("{{ words|said }}", words=None) == ""


class Remembering:
    """A page with a piece that is remembered, as a file would hold it."""

    def __init__(self) -> None:
        source = "{% remembered key %}{{ key }} {{ word }}{% endremembered %}"
        files = {"a.html": "{% load remembering %}" + source, "b.html": "{% load remembering %}" + source}
        loaders = [("django.template.loaders.locmem.Loader", files)]
        libraries = {"remembering": "commonground.web.look.templatetags.remembering"}
        self.engine = Engine(loaders=[("django.template.loaders.cached.Loader", loaders)], libraries=libraries)

    def __call__(self, name: str, **context: object) -> str:
        return self.engine.get_template(name).render(Context(context))


def test_a_piece_is_made_once_for_each_key_page_and_language() -> None:
    page = Remembering()
    assert page("a.html", key=("x", 1), word="<first>") == "(&#x27;x&#x27;, 1) &lt;first&gt;"
    assert page("a.html", key=("x", 1), word="other").endswith("&lt;first&gt;")
    assert page("a.html", key=("x", 2), word="other").endswith("other")
    assert page("b.html", key=("x", 1), word="other").endswith("other")
    with translation.override("fr"):
        assert page("a.html", key=("x", 1), word="autre").endswith("autre")


@pytest.mark.parametrize("context", [{}, {"key": None}, {"key": ""}])
def test_a_piece_without_its_key_is_never_remembered(context: dict[str, object]) -> None:
    page = Remembering()
    assert page("a.html", **context, word="one").endswith(" one")
    assert page("a.html", **context, word="two").endswith(" two")
