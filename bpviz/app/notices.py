"""The sentences the window tells when something happens to a run or a download."""

from bpviz.training import messages
from bpviz.ui.controls.notice_bar import Notice
from bpviz.viewmodel.words.number_format import grouped, significant

_MEGABYTE = 1_000_000


def notice_for_event(event: object) -> Notice | None:
    """Return what to tell about an event; None where the views say it all."""
    match event:
        case messages.Diverged(iteration=iteration, learning_rate=rate):
            return Notice(
                "error",
                f"The loss of iteration {grouped(iteration)} is not a finite number, so training paused "
                f"before its update. Reset, and try a learning rate below {significant(rate, 2)}.",
            )
        case messages.Failed(sentence=sentence) | messages.QuestionFailed(sentence=sentence):
            return Notice("error", sentence)
        case messages.Refused(sentence=sentence):
            return Notice("warning", sentence)
        case messages.DownloadProgress(done_bytes=done, total_bytes=total):
            of = f" of {total / _MEGABYTE:.1f}" if total else ""
            return Notice("info", f"Downloading MNIST: {done / _MEGABYTE:.1f}{of} MB", "Cancel")
        case _:
            return None


def notice_for_missing_mnist(sentence: str) -> Notice:
    """Return the offer to download MNIST, made where it could not be loaded."""
    return Notice("info", f"MNIST could not be loaded: {sentence}", "Download 11.6 MB")
