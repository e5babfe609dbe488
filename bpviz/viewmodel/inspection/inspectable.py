"""What the inspector can show, as one type."""

from bpviz.viewmodel.inspection.inspection_loss import LossInspection
from bpviz.viewmodel.inspection.inspection_neuron import NeuronInspection
from bpviz.viewmodel.inspection.inspection_output import OutputInspection
from bpviz.viewmodel.inspection.inspection_weight import WeightInspection

Inspection = NeuronInspection | WeightInspection | OutputInspection | LossInspection
