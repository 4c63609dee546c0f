from django.apps import AppConfig


class ErrandsConfig(AppConfig):
    name = "tests.faults.errands"
    label = "errands"

    def ready(self):
        from core.signals import sweep
        from tests.faults.errands.tasks import sweep_errands

        sweep.connect(sweep_errands, dispatch_uid="errands.sweep")
