"""The NumPy lines of an iteration, readable, each with the engine's own line and the shapes of its arrays.

The lines shown are what one writes on a blackboard; the engine computes the same in place, into buffers
made once. `engine` is that line as it stands in `file`, so that nobody has to believe the blackboard.
"""

from dataclasses import dataclass

from bpviz.nn.network import Architecture
from bpviz.viewmodel.network.parts import BIAS
from bpviz.viewmodel.words.number_format import grouped

_PACKAGE = "bpviz"


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One line.

    Attributes
    ----------
    text
        The readable line; names count layers from 1.
    shapes
        The shapes of its arrays, in the line's order.
    engine, file
        The engine's own line and the module it stands in, as ``bpviz/nn/network.py``.
    difference
        What the engine does otherwise, beyond working in place; may be empty.
    """

    text: str
    shapes: str
    engine: str
    file: str
    difference: str = ""


@dataclass(frozen=True, slots=True)
class CodeListing:
    """A few lines in order, one of them lit."""

    lines: tuple[CodeLine, ...]
    lit: int

    @property
    def lit_line(self) -> CodeLine:
        """The line that computes what is looked at."""
        return self.lines[self.lit]


_NETWORK = f"{_PACKAGE}/nn/network.py"
_ACTIVATIONS = f"{_PACKAGE}/nn/activations.py"
_LOSSES = f"{_PACKAGE}/nn/losses.py"
_OPTIMIZERS = f"{_PACKAGE}/nn/optimizers.py"
_TRAINER = f"{_PACKAGE}/training/trainer.py"

_ZERO_PIXELS = "Inputs that are 0 in the whole batch may be left out: they add nothing."


def forward_lines(
    architecture: Architecture, batch: int, layer: int, *, lights_sum: bool = False
) -> CodeListing:
    """Return the lines of one weight layer's forward pass; `lights_sum` lights z instead of a."""
    n_in, n_out = architecture.layers[layer : layer + 2]
    fed, own = _fed(layer), layer + 1
    product = "np.matmul(X, self.W[0], out=passed.z[0])"
    if layer > 0:
        product = "np.matmul(a[layer - 1], self.W[layer], out=z[layer])"
    shapes = f"{_shape(batch, n_out)} = {_shape(batch, n_in)} @ {_shape(n_in, n_out)} + ({grouped(n_out)},)"
    weighted = CodeLine(
        f"z{own} = {fed} @ W{own} + b{own}", shapes, product, _NETWORK, _ZERO_PIXELS if layer == 0 else ""
    )
    activated = _activation_lines(architecture.activation_of(layer), own, _shape(batch, n_out))
    lines = (weighted, *activated)
    return CodeListing(lines, 0 if lights_sum else len(lines) - 1)


def loss_lines(architecture: Architecture, batch: int) -> CodeListing:
    """Return the lines that compute the mean loss of the batch."""
    own, n_out = architecture.depth, architecture.layers[-1]
    a, z = f"a{own}", f"z{own}"
    lines: tuple[CodeLine, ...]
    shapes = f"number from {_shape(batch, n_out)}"
    match architecture.loss:
        case "squared":
            text = f"L = (0.5 * ({a} - Y) ** 2).sum(1).mean()"
            lines = (CodeLine(text, shapes, "0.5 * difference * difference", _LOSSES),)
        case "log":
            engine = "np.maximum(z, 0.0) - z * Y + np.log1p(np.exp(-np.abs(z)))"
            why = f"The engine computes the same from {z}, which never takes the log of 0."
            lines = (
                CodeLine(f"p, q = np.log({a}), np.log(1 - {a})", shapes, engine, _LOSSES, why),
                CodeLine("L = -(Y * p + (1 - Y) * q).sum(1).mean()", shapes, engine, _LOSSES, why),
            )
        case _:
            engine = "-float(np.add.reduce(np.log(p, out=p))) / len(Y)"
            why = "There p holds the output at each label, the one factor that is not times 0."
            lines = (CodeLine(f"L = -(Y * np.log({a})).sum(1).mean()", shapes, engine, _LOSSES, why),)
    return CodeListing(lines, len(lines) - 1)


def backward_lines(architecture: Architecture, batch: int, layer: int, row: int | None) -> CodeListing:
    """Return the lines of one weight layer's backward pass.

    Parameters
    ----------
    row
        What is looked at: None the δ of the layer, BIAS the gradient of a bias, else of a weight.
    """
    n_in, n_out = architecture.layers[layer : layer + 2]
    own, fed = layer + 1, _fed(layer)
    delta = _delta_lines(architecture, batch, layer)
    grad_W = CodeLine(
        f"grad_W{own} = {fed}.T @ delta{own}",
        f"{_shape(n_in, n_out)} = {_shape(n_in, batch)} @ {_shape(batch, n_out)}",
        "np.matmul(a_prev.T, delta, out=out)",
        _NETWORK,
        _ZERO_PIXELS if layer == 0 else "",
    )
    grad_b = CodeLine(
        f"grad_b{own} = delta{own}.sum(0)",
        f"({grouped(n_out)},) from {_shape(batch, n_out)}",
        "np.add.reduce(scaled, axis=0, out=grads.grad_b[layer])",
        _NETWORK,
    )
    lit = len(delta) - 1 if row is None else len(delta) + (row == BIAS)
    return CodeListing((*delta, grad_W, grad_b), lit)


def update_lines(architecture: Architecture, layer: int, row: int | None, optimizer: str) -> CodeListing:
    """Return the lines of an optimiser's step for one layer's weights, or its biases (row BIAS)."""
    name = f"{'b' if row == BIAS else 'W'}{layer + 1}"
    n_in, n_out = architecture.layers[layer : layer + 2]
    shape = f"({grouped(n_out)},)" if row == BIAS else _shape(n_in, n_out)
    lines = tuple(
        CodeLine(text, shape, engine, file, why) for text, engine, file, why in _rules(name, optimizer)
    )
    return CodeListing(lines, len(lines) - 1)


def _fed(layer: int) -> str:
    return "x" if layer == 0 else f"a{layer}"


def _shape(rows: int, columns: int) -> str:
    return f"({grouped(rows)}, {grouped(columns)})"


def _activation_lines(name: str, own: int, shape: str) -> tuple[CodeLine, ...]:
    z, a, shapes = f"z{own}", f"a{own}", f"{shape} = {shape}"
    if name == "softmax":
        why = (
            "The engine first takes a sample’s largest z away, which changes nothing and keeps e finite; "
            "it works on the transpose."
        )
        return (
            CodeLine(f"e = np.exp({z})", shapes, "np.exp(by_output, out=by_output)", _ACTIVATIONS, why),
            CodeLine(
                f"{a} = e / e.sum(1, keepdims=True)",
                shapes,
                "np.divide(by_output, by_output.sum(axis=0), out=by_output)",
                _ACTIVATIONS,
                why,
            ),
        )
    text, engine = {
        "sigmoid": (f"1 / (1 + np.exp(-{z}))", "np.reciprocal(a, out=a)"),
        "tanh": (f"np.tanh({z})", "np.tanh(z, out=out)"),
        "relu": (f"np.maximum({z}, 0)", "np.maximum(z, 0.0, out=out)"),
        "leaky-relu": (f"np.maximum(0.01 * {z}, {z})", "np.maximum(a, z, out=a)"),
        "identity": (z, "np.copyto(out, z)"),
    }[name]
    return (CodeLine(f"{a} = {text}", shapes, engine, _ACTIVATIONS),)


def _delta_lines(architecture: Architecture, batch: int, layer: int) -> tuple[CodeLine, ...]:
    n_out = architecture.layers[layer + 1]
    own, shape = layer + 1, _shape(batch, n_out)
    if layer == architecture.depth - 1:
        return _output_delta_lines(architecture, own, shape)
    n_next = architecture.layers[layer + 2]
    shapes = f"{shape} = {_shape(batch, n_next)} @ {_shape(n_next, n_out)} * {shape}"
    back = f"delta{own + 1} @ W{own + 1}.T"
    slope = _slope(architecture.activation, own)
    text = f"delta{own} = {back} * {slope}" if slope else f"delta{own} = {back}"
    engine = "np.matmul(delta[layer], self.W[layer].T, out=delta[before])"
    why = "The slope f′(z) is multiplied in on the next line, in place."
    return (CodeLine(text, shapes, engine, _NETWORK, why),)


def _output_delta_lines(architecture: Architecture, own: int, shape: str) -> tuple[CodeLine, ...]:
    a, shapes = f"a{own}", f"{shape} = {shape} - {shape}"
    difference = CodeLine(f"delta{own} = ({a} - Y) / B", shapes, "np.subtract(a, Y, out=out)", _LOSSES)
    if architecture.loss != "squared":
        return (difference,)
    name = architecture.output_activation
    scaled = CodeLine(f"g = ({a} - Y) / B", shapes, "np.subtract(a, Y, out=out)", _LOSSES)
    if name == "softmax":
        text = f"delta{own} = {a} * (g - (g * {a}).sum(1, keepdims=True))"
        engine = "a * (grad_a - (grad_a * a).sum(axis=1, keepdims=True))"
        return scaled, CodeLine(text, f"{shape} = {shape}", engine, _ACTIVATIONS)
    slope = _slope(name, own)
    text = f"delta{own} = g * {slope}" if slope else f"delta{own} = g"
    product = CodeLine(text, f"{shape} = {shape}", "grad_a * self.derivative(z, a)", _ACTIVATIONS)
    return scaled, product


def _slope(name: str, own: int) -> str:
    z, a = f"z{own}", f"a{own}"
    return {
        "sigmoid": f"{a} * (1 - {a})",
        "tanh": f"(1 - {a} * {a})",
        "relu": f"({z} > 0)",
        "leaky-relu": f"np.maximum({z} > 0, 0.01)",
    }.get(name, "")


def _rules(name: str, optimizer: str) -> tuple[tuple[str, str, str, str], ...]:
    """Return (text, engine, file, difference) of each line of an update rule."""
    step = "np.subtract(parameters, self._work, out=parameters)"
    g = f"grad_{name}"
    match optimizer:
        case "sgd":
            engine = "np.subtract(network.parameters[start:], gradients.flat[start:]"
            why = "The trainer takes η into δ before the products, which saves a pass over all weights."
            return ((f"{name} -= eta * {g}", engine, _TRAINER, why),)
        case "momentum":
            return (*_velocity(g), (f"{name} -= eta * v", step, _OPTIMIZERS, ""))
        case "nesterov":
            return (*_velocity(g), (f"{name} -= eta * ({g} + mu * v)", step, _OPTIMIZERS, ""))
        case "rmsprop":
            square = f"s = 0.99 * s + 0.01 * {g} ** 2"
            return (
                (square, "np.add(average, work, out=average)", _OPTIMIZERS, ""),
                (f"{name} -= eta * {g} / (np.sqrt(s) + 1e-8)", step, _OPTIMIZERS, ""),
            )
    return (
        (f"m = 0.9 * m + 0.1 * {g}", "np.add(m, work, out=m)", _OPTIMIZERS, ""),
        (f"v = 0.999 * v + 0.001 * {g} ** 2", "np.add(v, work, out=v)", _OPTIMIZERS, ""),
        ("m_hat = m / (1 - 0.9**t)", "learning_rate / (1.0 - self.beta1**self.updates)", _OPTIMIZERS, ""),
        ("v_hat = v / (1 - 0.999**t)", "(1.0 - self.beta2**self.updates) ** 0.5", _OPTIMIZERS, ""),
        (
            f"{name} -= eta * m_hat / (np.sqrt(v_hat) + 1e-8)",
            step,
            _OPTIMIZERS,
            "Both corrections are made on the step, not on m and v.",
        ),
    )


def _velocity(g: str) -> tuple[tuple[str, str, str, str], ...]:
    return ((f"v = mu * v + {g}", "np.add(velocity, gradient, out=velocity)", _OPTIMIZERS, ""),)
