import io

import pytest

from bpviz.app.cli.output import REDRAW_INTERVAL_S, ProgressBar, finite_or_none, print_json, print_table


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class _Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_the_bar_is_drawn_on_one_line_and_removed() -> None:
    terminal, clock = _Terminal(), _Clock()
    bar = ProgressBar("training", terminal, clock)
    bar.show(0.5, "note")
    assert "training [###############---------------]  50%  note" in terminal.getvalue()
    bar.close()
    assert "\n" not in terminal.getvalue()
    assert terminal.getvalue().rsplit("\r", 2)[1].strip() == ""


def test_the_bar_is_not_drawn_more_often_than_can_be_seen() -> None:
    terminal, clock = _Terminal(), _Clock()
    bar = ProgressBar("training", terminal, clock)
    bar.show(0.1)
    bar.show(0.2)
    assert "20%" not in terminal.getvalue()
    clock.now_s += REDRAW_INTERVAL_S
    bar.show(0.3)
    assert "30%" in terminal.getvalue()


def test_nothing_is_drawn_where_nobody_watches() -> None:
    stream = io.StringIO()
    bar = ProgressBar("training", stream, _Clock())
    bar.show(0.5)
    bar.close()
    assert stream.getvalue() == ""


def test_json_is_ascii_and_never_holds_what_json_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"image": "ö\udcff.png"})
    assert capsys.readouterr().out.isascii()
    with pytest.raises(ValueError, match="JSON"):
        print_json(float("nan"))
    assert finite_or_none(float("inf")) is None
    assert finite_or_none(1.5) == 1.5


def test_columns_are_as_wide_as_their_widest_cell(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([["a", "22"], ["333", "4"]])
    assert capsys.readouterr().out == "  a  22\n333   4\n"
