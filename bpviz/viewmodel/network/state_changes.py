"""What has changed from one network state to the next, as far as drawing must know."""

from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.run.phases import Phase


def is_another_place(before: NetworkState, after: NetworkState) -> bool:
    """Tell whether another phase, place inside the iteration, or kind of gradient is shown."""
    return (
        before.phase is not after.phase
        or before.reveal != after.reveal
        or before.shows_batch_mean != after.shows_batch_mean
        or (before.input_gradient is None) is not (after.input_gradient is None)
    )


def newly_updated(before: NetworkState, after: NetworkState) -> tuple[int, ...]:
    """Return the weight layers that a step through UPDATE has just reached."""
    if after.phase is not Phase.UPDATE or after.reveal is None:
        return ()
    old = before.reveal.updated if before.reveal is not None and before.phase is Phase.UPDATE else ()
    return tuple(
        layer
        for layer, is_new in enumerate(after.reveal.updated)
        if is_new and not (layer < len(old) and old[layer])
    )
