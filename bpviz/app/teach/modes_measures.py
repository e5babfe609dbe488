"""The numbers a lesson can ask for about three ways to a gradient."""

import math
from collections.abc import Callable, Mapping

from bpviz.app.teach.mode_counting import ModeCounting
from bpviz.app.teach.modes_setup import ModesSetup
from bpviz.errors import ConfigError
from bpviz.nn.autodiff import reverse_mode
from bpviz.viewmodel.lessons.expression import Argument
from bpviz.viewmodel.lessons.gradient_ways import GradientTask, Way, WayCount, agreeing_digits
from bpviz.viewmodel.network.part_syntax import parse_part
from bpviz.viewmodel.network.parts import WeightPart

MEASURES = {
    "multiplications": 1,
    "passes": 1,
    "milliseconds": 1,
    "product": 2,
    "agreeing_digits": 0,
    "parameters": 0,
    "forward_pass": 0,
    "loss": 0,
    "raised": 2,
    "lowered": 2,
    "gradient": 1,
    "neurons": 1,
    "curve": 2,
    "curve_parameters": 1,
}
"""With how many arguments each takes. All are about the network on screen, but the two about curves.

`multiplications`, `passes`, `milliseconds` take a way, `product` a way and the name of a product;
`raised` and `lowered` (the loss then) a weight and how far it is moved; `gradient` a weight; `neurons` a
layer, 0 being the input; `curve` a way and a number of hidden neurons, `curve_parameters` such a number.
What is not counted yet is nan.
"""


class ModesMeasures:
    """Reads numbers off what is counted; `setup` and `is_small` say for which network."""

    def __init__(self, counting: ModeCounting) -> None:
        self.setup: ModesSetup | None = None
        self.is_small = True
        self._counting = counting
        self._of_way: dict[str, Callable[[WayCount], float]] = {
            "multiplications": lambda count: float(count.result.multiplications),
            "passes": lambda count: float(count.result.passes),
            "milliseconds": lambda count: 1000.0 * count.seconds,
        }
        self._plain: dict[str, Callable[[], float]] = {
            "agreeing_digits": self._agreeing_digits,
            "parameters": lambda: float(self.task.n_parameters),
            "forward_pass": lambda: float(self.task.forward_multiplications),
            "loss": lambda: self.task.loss_nudged(0, 0.0),
        }

    @property
    def ready(self) -> ModesSetup:
        """The networks, once the experiment has begun."""
        if self.setup is None:
            raise ConfigError("the experiment has not begun")
        return self.setup

    @property
    def task(self) -> GradientTask:
        """The gradient the screen is about."""
        return self.ready.small if self.is_small else self.ready.large

    @property
    def counts(self) -> Mapping[Way, WayCount]:
        """What is known about it."""
        counted = self._counting.counted
        return counted.small if self.is_small else counted.large

    def value(self, name: str, arguments: tuple[Argument, ...]) -> float:
        """Return a measure's value now.

        Raises
        ------
        ConfigError
            If an argument names nothing there is.
        """
        if name in self._plain:
            return self._plain[name]()
        if name in self._of_way:
            count = self.counts.get(_way(arguments[0]))
            return math.nan if count is None else self._of_way[name](count)
        return self._with_arguments(name, arguments)

    def _with_arguments(self, name: str, arguments: tuple[Argument, ...]) -> float:
        first, task = arguments[0], self.task
        match name:
            case "product":
                return self._product(_way(first), arguments[1])
            case "raised" | "lowered":
                nudge = _number(arguments[1])
                return task.loss_nudged(self._index(first), nudge if name == "raised" else -nudge)
            case "gradient":
                return float(reverse_mode(task.network, task.x, task.y).gradient[self._index(first)])
            case "neurons":
                return self._neurons(first)
            case "curve":
                return self._point(_way(first), arguments[1])
            case _:
                return float(self.ready.with_hidden(round(_number(first))).n_parameters)

    def _agreeing_digits(self) -> float:
        gradients = [count.result.gradient for count in self.counts.values()]
        pairs = ((gradients[0], other) for other in gradients[1:])
        return min((agreeing_digits(*pair) for pair in pairs), default=math.nan)

    def _product(self, way: Way, name: Argument) -> float:
        count = self.counts.get(way)
        if count is None:
            return math.nan
        product = count.product(str(name))
        if product is None:
            known = ", ".join(product.name for product in count.result.products)
            raise ConfigError(f"{way} mode has no product '{name}'; choose one of {known}")
        return float(product.multiplications)

    def _index(self, part: Argument) -> int:
        found = parse_part(str(part), self.task.network.architecture)
        if not isinstance(found, WeightPart):
            raise ConfigError(f"'{part}' is no weight or bias")
        return self.task.index_of(found)

    def _neurons(self, layer: Argument) -> float:
        layers = self.task.network.architecture.layers
        number = round(_number(layer))
        if not 0 <= number < len(layers):
            raise ConfigError(f"there is no layer {number}; the network has layers 0 to {len(layers) - 1}")
        return float(layers[number])

    def _point(self, way: Way, hidden: Argument) -> float:
        for point in self._counting.counted.points:
            if point.way is way and point.hidden == hidden:
                return float(point.multiplications)
        return math.nan


def _way(argument: Argument) -> Way:
    if argument not in tuple(Way):
        raise ConfigError(f"there is no way '{argument}' to a gradient; choose one of {', '.join(Way)}")
    return Way(str(argument))


def _number(argument: Argument) -> float:
    if isinstance(argument, str):
        raise ConfigError(f"'{argument}' stands where a number is needed")
    return argument
