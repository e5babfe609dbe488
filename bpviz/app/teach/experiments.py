"""All kinds of experiments there are, by the name lessons call their stage."""

from collections.abc import Callable, Mapping

from bpviz.app.teach.batches_experiment import BatchesExperiment
from bpviz.app.teach.experiment import Experiment
from bpviz.app.teach.loss_experiment import LossExperiment
from bpviz.app.teach.modes_experiment import ModesExperiment
from bpviz.app.teach.network_experiment import NetworkExperiment
from bpviz.app.teach.neuron_experiment import NeuronExperiment
from bpviz.app.teach.teaching import Teaching
from bpviz.app.teach.trial_experiment import TrialExperiment
from bpviz.app.teach.valley_experiment import ValleyExperiment
from bpviz.viewmodel.lessons.lesson import Vocabulary

EXPERIMENTS: Mapping[str, Callable[[Teaching], Experiment]] = {
    "batches": BatchesExperiment,
    "losses": LossExperiment,
    "modes": ModesExperiment,
    "network": NetworkExperiment,
    "trial": TrialExperiment,
    "neuron": NeuronExperiment,
    "valley": ValleyExperiment,
}
VOCABULARIES: Mapping[str, Vocabulary] = {
    "batches": BatchesExperiment.vocabulary,
    "losses": LossExperiment.vocabulary,
    "modes": ModesExperiment.vocabulary,
    "network": NetworkExperiment.vocabulary,
    "trial": TrialExperiment.vocabulary,
    "neuron": NeuronExperiment.vocabulary,
    "valley": ValleyExperiment.vocabulary,
}
