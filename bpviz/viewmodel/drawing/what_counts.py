"""What of a drawing counts for the digit in question, found in the way the user chose."""

from bpviz.viewmodel.drawing.ink_saliency import InkSaliency, SaliencyMethod, drawing_saliency
from bpviz.viewmodel.drawing.occlusion import occlusion_saliency
from bpviz.viewmodel.drawing.reading import Reading


def what_counts(reading: Reading, asked: int | None, method: SaliencyMethod) -> InkSaliency | None:
    """Return how the ink speaks for the digit asked about, or for the answer; None where nothing is read."""
    digit = reading.digit if asked is None else asked
    if reading.digit is None or digit is None:
        return None
    find = occlusion_saliency if method is SaliencyMethod.OCCLUSION else drawing_saliency
    return find(reading.network, reading.sample, digit)
