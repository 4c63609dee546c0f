"""A list of thousands of figures is drawn at once, and is the list that Django draws."""

from html.parser import HTMLParser

import pytest
from django import forms

from learningcircles.forms.fields import LongSelect
from learningcircles.forms.record import FigureField

CHOICES = [("", "none"), (1, 'Aa: <b>Debts</b> & "loans", 2026-Q1 (1 %)'), (2, "B'ten")]


def elements(html):
    """Tags with their attributes, and texts, whatever stands between them."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append((tag, dict(attrs)))

        def handle_data(self, data):
            found.extend([data.strip()] if data.strip() else [])

    Reader().feed(html)
    return found


def drawn(widget, chosen, **more):
    class OneField(forms.Form):
        figure = forms.ChoiceField(choices=CHOICES, widget=widget, initial=chosen, **more)

    return str(OneField(auto_id="signal_%s")["figure"])


@pytest.mark.parametrize("chosen", [None, "", 1, "2", 99])
@pytest.mark.parametrize("required", [True, False])
def test_it_is_what_django_draws_line_by_line(chosen, required):
    ours = drawn(LongSelect, chosen, required=required)
    assert elements(ours) == elements(drawn(forms.Select, chosen, required=required))


def test_what_people_wrote_is_escaped():
    html = drawn(LongSelect(attrs={"data-about": '"<figures>'}), 1)
    assert "<b>" not in html and "&lt;b&gt;Debts&lt;/b&gt; &amp;" in html
    assert 'data-about="&quot;&lt;figures&gt;"' in html


def test_no_template_is_filled_for_a_line(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a template")

    monkeypatch.setattr(forms.Widget, "_render", refuse)
    assert drawn(LongSelect, 1).count("<option") == len(CHOICES)


def test_figures_are_chosen_from_such_a_list():
    assert FigureField.widget is LongSelect
