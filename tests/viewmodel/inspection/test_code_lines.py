"""The lines shown stand in the engine, and, computed as they are written, give the engine's own arrays."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import bpviz
from bpviz.nn.network import one_hot
from bpviz.training.snapshot import Snapshot
from bpviz.viewmodel.inspection.code_lines import (
    CodeLine,
    CodeListing,
    backward_lines,
    forward_lines,
    loss_lines,
    update_lines,
)
from bpviz.viewmodel.network.parts import BIAS
from tests.viewmodel.inspected import snapshot_of
from tests.viewmodel.inspection.test_inspection_neuron import RUNS
from tests.viewmodel.plain_network import place_in

OPTIMIZERS = ("sgd", "momentum", "nesterov", "rmsprop", "adam")
Values = dict[str, Any]

_OPERATORS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.MatMult: lambda a, b: a @ b,
    ast.Pow: lambda a, b: a**b,
}


def compute(node: ast.expr, values: Values) -> Any:
    """Return what an expression of the small language of these lines is worth."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return np if name == "np" else values[name]
        case ast.Tuple(elts=items):
            return tuple(compute(item, values) for item in items)
        case ast.Attribute(value=inner, attr=name):
            return getattr(compute(inner, values), name)
        case ast.Call():
            extra = {str(word.arg): compute(word.value, values) for word in node.keywords}
            return compute(node.func, values)(*(compute(item, values) for item in node.args), **extra)
    return compute_operation(node, values)


def compute_operation(node: ast.expr, values: Values) -> Any:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATORS[type(op)](compute(left, values), compute(right, values))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -compute(operand, values)
        case ast.Compare(left=left, ops=[ast.Gt()], comparators=[right]):
            return compute(left, values) > compute(right, values)
    raise AssertionError(ast.dump(node))


def run(line: CodeLine, values: Values) -> None:
    """Do what a line says, its result put into `values`."""
    (statement,) = ast.parse(line.text).body
    match statement:
        case ast.AugAssign(target=ast.Name(id=name), op=op, value=value):
            values[name] = _OPERATORS[type(op)](values[name], compute(value, values))
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            values[name] = compute(value, values)
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=value):
            results = compute(value, values)
            values |= {n.id: r for n, r in zip(names, results, strict=True) if isinstance(n, ast.Name)}
        case _:
            raise AssertionError(line.text)


def values_of(shot: Snapshot) -> Values:
    """Return the arrays of an iteration by the names the lines use, in float64."""
    network, batch = shot.network(), shot.batch
    values: Values = {"x": batch.forward.x.astype(np.float64), "B": len(batch.losses)}
    values["Y"] = one_hot(batch.labels, shot.architecture.layers[-1], np.float64)
    for layer in range(shot.architecture.depth):
        values[f"W{layer + 1}"] = network.W[layer].astype(np.float64)
        values[f"b{layer + 1}"] = network.b[layer].astype(np.float64)
    return values


def forwarded(shot: Snapshot) -> Values:
    values = values_of(shot)
    for layer in range(shot.architecture.depth):
        for line in forward_lines(shot.architecture, len(shot.batch.losses), layer).lines:
            run(line, values)
    return values


def all_listings(shot: Snapshot) -> list[CodeListing]:
    architecture, batch = shot.architecture, len(shot.batch.losses)
    layers = range(architecture.depth)
    return [
        loss_lines(architecture, batch),
        *(forward_lines(architecture, batch, layer) for layer in layers),
        *(backward_lines(architecture, batch, layer, None) for layer in layers),
        *(
            update_lines(architecture, layer, row, name)
            for layer in layers
            for row in (0, BIAS)
            for name in OPTIMIZERS
        ),
    ]


@pytest.mark.parametrize("run_of", RUNS)
def test_the_engines_own_line_stands_in_the_file_named(run_of: dict[str, str]) -> None:
    root = Path(bpviz.__file__).parents[1]
    for listing in all_listings(snapshot_of(**run_of)):
        for line in listing.lines:
            assert line.engine in (root / line.file).read_text(encoding="utf-8"), line


@pytest.mark.parametrize("run_of", RUNS)
def test_forward_and_loss_lines_give_the_engines_numbers(run_of: dict[str, str]) -> None:
    shot = snapshot_of(**run_of)
    values = forwarded(shot)
    for layer in range(shot.architecture.depth):
        np.testing.assert_allclose(values[f"z{layer + 1}"], shot.batch.forward.z[layer], atol=1e-5)
        np.testing.assert_allclose(values[f"a{layer + 1}"], shot.batch.forward.a[layer], atol=1e-5)
    for line in loss_lines(shot.architecture, 10).lines:
        run(line, values)
    assert values["L"] == pytest.approx(shot.batch.loss, rel=1e-4)


@pytest.mark.parametrize("run_of", RUNS)
def test_backward_lines_give_the_engines_numbers(run_of: dict[str, str]) -> None:
    shot = snapshot_of(**run_of)
    values = forwarded(shot)
    for layer in reversed(range(shot.architecture.depth)):
        for line in backward_lines(shot.architecture, 10, layer, None).lines:
            run(line, values)
        np.testing.assert_allclose(values[f"delta{layer + 1}"], shot.batch.delta[layer], atol=1e-6)
        np.testing.assert_allclose(values[f"grad_W{layer + 1}"], shot.batch.grad_W(layer), atol=1e-5)
        np.testing.assert_allclose(values[f"grad_b{layer + 1}"], shot.batch.grad_b(layer), atol=1e-5)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("row", [2, BIAS])
def test_update_lines_give_the_engines_parameters(optimizer: str, row: int) -> None:
    shot = snapshot_of(optimizer=optimizer, learning_rate=0.01)
    assert shot.optimizer is not None
    index = place_in(shot, 1, None if row == BIAS else row, 5)
    grad = shot.batch.grad_b(1)[5] if row == BIAS else shot.batch.grad_W(1)[row, 5]
    name = "b2" if row == BIAS else "W2"
    letters = {"velocity": "v", "square_average": "s", "first_moment": "m", "second_moment": "v"}
    values: Values = {letters[n]: float(state[index]) for n, state in shot.optimizer.state_before.items()}
    values |= {"eta": 0.01, "mu": 0.9, "t": shot.optimizer.updates}
    values |= {name: float(shot.parameters[index]), f"grad_{name}": float(grad)}
    for line in update_lines(shot.architecture, 1, row, optimizer).lines:
        run(line, values)
    assert values[name] == pytest.approx(float(shot.parameters_after[index]), abs=2e-6)


@pytest.mark.parametrize("run_of", RUNS)
def test_shapes_are_those_of_the_arrays(run_of: dict[str, str]) -> None:
    shot = snapshot_of(**run_of)
    values = forwarded(shot)
    for layer in reversed(range(shot.architecture.depth)):
        for line in backward_lines(shot.architecture, 10, layer, None).lines:
            run(line, values)
            result = str(np.shape(values[line.text.split(" = ")[0]]))
            assert line.shapes.startswith(result), line


def test_what_is_looked_at_is_lit() -> None:
    architecture = snapshot_of().architecture
    assert backward_lines(architecture, 10, 2, None).lit_line.text == "delta3 = (a3 - Y) / B"
    assert backward_lines(architecture, 10, 2, 4).lit_line.text == "grad_W3 = a2.T @ delta3"
    assert backward_lines(architecture, 10, 2, BIAS).lit_line.text == "grad_b3 = delta3.sum(0)"
    assert forward_lines(architecture, 10, 1).lit_line.text == "a2 = 1 / (1 + np.exp(-z2))"
    assert forward_lines(architecture, 10, 1, lights_sum=True).lit_line.text == "z2 = a1 @ W2 + b2"
