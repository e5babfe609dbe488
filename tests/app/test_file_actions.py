"""A file holds a network that answers as the one on the screen did."""

import numpy as np

from bpviz.app.file_actions import without_switches
from bpviz.nn.initializers import initial_parameters
from bpviz.nn.network import Architecture, Network


def test_switched_off_neurons_are_silent_in_the_file_too() -> None:
    architecture = Architecture((6, 5, 4, 3), "relu")
    parameters = initial_parameters(architecture, "he", np.random.default_rng(2))
    network = Network(architecture, parameters, ((0, 2), (1, 1)))
    plain = without_switches(network)
    X = np.random.default_rng(3).normal(size=(20, 6)).astype(np.float32)
    assert plain.switched_off == ()
    np.testing.assert_allclose(plain.forward(X).output, network.forward(X).output, atol=1e-6)


def test_a_network_with_every_neuron_on_is_left_as_it_is() -> None:
    architecture = Architecture((6, 5, 3))
    network = Network(architecture, initial_parameters(architecture, "he", np.random.default_rng(2)))
    assert without_switches(network) is network
