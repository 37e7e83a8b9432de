"""What every form shares: CSRF, a key so that sending twice acts once, and clean text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    DateField,
    Field,
    HiddenField,
    IntegerField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TimeInput

from .clock import comes_in_oslo
from .formatting import number
from .fragments import language
from .text import clean, clean_multiline

FIGURES = 18
YEARS = range(2020, 2100)


# What WTForms itself says of what no page of ours lets anybody choose or type.
WORDS = {
    "Not a valid choice.": _l("Velg et av alternativene."),
    "Invalid Choice: could not coerce.": _l("Velg et av alternativene."),
    "Not a valid integer value.": _l("Skriv et helt tall."),
}


class Words:
    """WTForms' own words in the reader's language, which is all that it asks of translations."""

    def gettext(self, string: str) -> str:
        """Say it in ours."""
        return str(WORDS.get(string, _l("Dette kan ikke brukes her.")))

    def ngettext(self, singular: str, _plural: str, _number: int) -> str:
        """Say it in ours, of however many."""
        return self.gettext(singular)


class Form(FlaskForm):
    """A form that creates or changes something."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Words:
            return Words()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            # What is handed over is taken as it is: actions open forms too, and know no request.
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            # Flask-WTF would read JSON as a form, and stumble over any that is no object.
            if request.is_json:
                return None
            # Nothing here takes files: one that is sent where words were asked for is left out.
            return request.form if request.files else super().wrap_formdata(form, formdata)

    key = HiddenField(default=lambda: uuid4().hex)

    def validate_key(self, field: HiddenField) -> None:
        """Accept only keys of the form that we make."""
        if field.data and not (len(field.data) <= 64 and field.data.isalnum()):
            raise ValidationError(_("Skjemaet er ugyldig. Last siden på nytt."))


class _Cleaned(Field):
    """Text as people may write it; of what is far too long the beginning is kept in the form."""

    cleaner: Callable[[str], str]
    most: int

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Clean what was typed; text that cannot be text is an error at the field."""
        text = _cleaned(self.cleaner, valuelist[0] if valuelist else "")
        self.data = text[: self.most]
        if len(text) > self.most:
            kept = number(self.most, language())
            raise ValueError(_("Av det du skrev, er de første %(count)s tegnene her.", count=kept))


class LineField(_Cleaned, StringField):
    """One line of text: normalised, without control characters."""

    cleaner = staticmethod(clean)
    most = 1_000


class ProseField(_Cleaned, TextAreaField):
    """Several lines of text: normalised, without control characters."""

    cleaner = staticmethod(clean_multiline)
    most = 20_000


class NumbersField(SelectMultipleField):
    """Several numbers out of a range, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, coerce=int, **kwargs)


class WordsField(SelectMultipleField):
    """Several words out of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class _Told(Field):
    """What cannot be read is told in our own words, once."""

    unusable: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(self.unusable) from error

    def pre_validate(self, form: Any) -> None:
        # Nothing at all is for the other validators to judge: it may be allowed.
        typed = "".join(self.raw_data or ())
        if self.process_errors and typed.strip():
            raise StopValidation


class DayField(_Told, DateField):
    """A day that can be reckoned with; the widget's own years go from 1 to 9999."""

    unusable = _l("Velg en dag, for eksempel 24.11.2026.")

    def pre_validate(self, form: Any) -> None:
        """Refuse years that nobody means."""
        super().pre_validate(form)
        if self.data is not None and self.data.year not in YEARS:
            raise StopValidation(_("Velg en dato i vår tid."))


class HourField(_Told, TimeField):
    """A time of day, on the day that another field says."""

    unusable = _l("Skriv klokkeslettet slik: 18.00.")
    widget = TimeInput()

    def __init__(self, *args: Any, day: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day

    def pre_validate(self, form: Any) -> None:
        """Refuse an hour that the day does not have."""
        super().pre_validate(form)
        day = form[self.day].data
        if not day or not self.data or day.year not in YEARS:
            return
        if not comes_in_oslo(datetime.combine(day, self.data)):
            words = _("Denne natta stilles klokka fra 02.00 til 03.00. Velg et annet klokkeslett.")
            raise StopValidation(words)


class WholeNumberField(_Told, IntegerField):
    """A whole number, of no more figures than can be reckoned with."""

    unusable = _l("Skriv et helt tall, for eksempel 30.")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; numbers of hundreds of figures break what compares them."""
        if valuelist and len(valuelist[0].strip()) > FIGURES:
            raise ValueError(self.unusable)
        super().process_formdata(valuelist)


def choices(*pairs: tuple[Any, Any]) -> list[SelectChoice]:
    """Build choices from (value, label) pairs."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def _cleaned(cleaner: Any, value: str | None) -> str:
    try:
        return str(cleaner(value or ""))
    except ValueError as error:
        raise ValueError(_("Teksten har tegn som ikke kan lagres. Skriv den på nytt.")) from error
