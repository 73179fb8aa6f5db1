# What `import commonground` offers, for editors and type checkers; a test keeps it the same as __init__.py.
from commonground import plot as plot
from commonground.analysis.agreement.agreement import agreement as agreement
from commonground.analysis.compare import compare as compare
from commonground.analysis.count import Added as Added
from commonground.analysis.count import count as count
from commonground.analysis.many.rank import rank as rank
from commonground.analysis.prediction.compare import compare_foresight as compare_foresight
from commonground.analysis.quality.quality import quality as quality
from commonground.api.fitting import fit as fit
from commonground.api.planning import sample_size as sample_size
from commonground.api.reading import read_anchors as read_anchors
from commonground.api.reading import read_choices as read_choices
from commonground.api.reading import read_counts as read_counts
from commonground.api.reading import read_design as read_design
from commonground.api.reading import read_respondents as read_respondents
from commonground.api.reading import read_study as read_study
from commonground.api.reporting import write_report as write_report
from commonground.api.screening import screen as screen
from commonground.api.simulating import simulate as simulate
from commonground.api.writing import write_choices as write_choices
from commonground.api.writing import write_design as write_design
from commonground.design.audit import audit as audit
from commonground.design.build import build_design as build_design
from commonground.records.choices import ChoiceData as ChoiceData
from commonground.records.choices import CountTable as CountTable
from commonground.records.design import Design as Design
from commonground.records.errors import CommonGroundError as CommonGroundError
from commonground.records.errors import DataWarning as DataWarning
from commonground.records.study import Study as Study

__version__: str
