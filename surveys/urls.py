"""The addresses of this room. The survey pages come first: they are what is asked for most."""

from django.urls import URLPattern, URLResolver, path

from surveys.views.answering import answer, start, thanks
from surveys.views.booking import (
    booking,
    booking_calendar,
    booking_cancel,
    booking_clock,
    booking_colleague,
    booking_consent,
    booking_decline,
)
from surveys.views.codebooks import codebook, codebook_file, codebook_import, codebook_ship
from surveys.views.coding import (
    coding,
    coding_adjudicate,
    coding_finish,
    coding_text,
    coding_text_new,
    coding_variable,
)
from surveys.views.diaries import (
    interview_calendar,
    interview_calendar_file,
    interview_feed,
    interview_feed_renew,
    my_hours,
    my_interviews,
)
from surveys.views.exports import export_cancel, export_file, export_progress, wave_exports
from surveys.views.fieldwork import (
    wave_open_link,
    wave_readdress,
    wave_reminder_remove,
    wave_reminders,
    wave_texts,
    wave_upload,
)
from surveys.views.guides import (
    interview_guide,
    interview_guide_change,
    interview_guides,
    interview_guides_ship,
)
from surveys.views.paper import wave_paper, wave_paper_enter
from surveys.views.remarks import wave_remark, wave_remarks
from surveys.views.results import wave_counting, wave_results
from surveys.views.rounds import (
    interview_approach,
    interview_candidate,
    interview_close,
    interview_draw,
    interview_flow,
    interview_flow_file,
    interview_round,
    interview_round_change,
    interview_round_new,
    interview_rounds,
    interview_sample,
)
from surveys.views.talks import (
    interview_report,
    interview_report_name,
    interview_report_release,
    talk,
    talk_begin,
    talk_cancel,
    talk_consent,
    talk_end,
    talk_file,
    talk_file_remove,
    talk_files,
    talk_note,
)
from surveys.views.triangulation import triangulation, triangulation_thresholds
from surveys.views.unsubscribing import survey_open, unsubscribe
from surveys.views.waves import (
    wave,
    wave_close,
    wave_invite,
    wave_last_day,
    wave_new,
    wave_open_page,
    wave_resend,
    waves,
)
from surveys.views.wizard import answering

WAVES = "programmes/<slug:code>/waves/"
CODING = "programmes/<slug:code>/coding/"
INTERVIEWS = "programmes/<slug:code>/interviews/"
GUIDE = f"{INTERVIEWS}guides/<slug:guide>/<int:version>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("s/open/<str:token>/", survey_open, name="survey_open"),
    path("s/<str:token>/unsubscribe/", unsubscribe, name="survey_unsubscribe"),
    path("s/<str:token>/", start, name="survey_start"),
    path("s/<str:token>/answer/", answer, name="survey_answer"),
    path("s/<str:token>/thanks/", thanks, name="survey_thanks"),
    path("s/<str:token>/<str:step>/", answering, name="survey_step"),
    path(WAVES, waves, name="waves"),
    path(f"{WAVES}new/", wave_new, name="wave_new"),
    path(f"{WAVES}<int:pk>/", wave, name="wave"),
    path(f"{WAVES}<int:pk>/invite/", wave_invite, name="wave_invite"),
    path(f"{WAVES}<int:pk>/open/", wave_open_page, name="wave_open"),
    path(f"{WAVES}<int:pk>/close/", wave_close, name="wave_close"),
    path(f"{WAVES}<int:pk>/last-day/", wave_last_day, name="wave_last_day"),
    path(f"{WAVES}<int:pk>/mails/<int:mail>/resend/", wave_resend, name="wave_resend"),
    path(f"{WAVES}<int:pk>/mails/<int:mail>/address/", wave_readdress, name="wave_readdress"),
    path(f"{WAVES}<int:pk>/texts/", wave_texts, name="wave_texts"),
    path(f"{WAVES}<int:pk>/reminders/", wave_reminders, name="wave_reminders"),
    path(
        f"{WAVES}<int:pk>/reminders/<int:reminder>/remove/",
        wave_reminder_remove,
        name="wave_reminder_remove",
    ),
    path(f"{WAVES}<int:pk>/upload/", wave_upload, name="wave_upload"),
    path(f"{WAVES}<int:pk>/open-link/", wave_open_link, name="wave_open_link"),
    path(f"{WAVES}<int:pk>/paper/", wave_paper, name="wave_paper"),
    path(f"{WAVES}<int:pk>/paper/enter/", wave_paper_enter, name="wave_paper_enter"),
    path(f"{WAVES}<int:pk>/results/", wave_results, name="wave_results"),
    path(f"{WAVES}<int:pk>/results/counting/", wave_counting, name="wave_counting"),
    path(f"{WAVES}<int:pk>/exports/", wave_exports, name="wave_exports"),
    path(f"{WAVES}<int:pk>/exports/progress/", export_progress, name="export_progress"),
    path(f"{WAVES}<int:pk>/exports/<int:export>/", export_file, name="export_file"),
    path(f"{WAVES}<int:pk>/exports/<int:export>/cancel/", export_cancel, name="export_cancel"),
    path(CODING, coding, name="coding"),
    path(f"{CODING}codebook/<int:version>/", codebook, name="codebook"),
    path(f"{CODING}codebook/<int:version>.<slug:format>", codebook_file, name="codebook_file"),
    path(f"{CODING}codebook/import/", codebook_import, name="codebook_import"),
    path(f"{CODING}codebook/ship/", codebook_ship, name="codebook_ship"),
    path(f"{CODING}texts/new/", coding_text_new, name="coding_text_new"),
    path(f"{CODING}texts/<int:pk>/", coding_text, name="coding_text"),
    path(f"{CODING}texts/<int:pk>/finish/", coding_finish, name="coding_finish"),
    path(f"{CODING}triangulation/", triangulation, name="triangulation"),
    path(
        f"{CODING}triangulation/thresholds/",
        triangulation_thresholds,
        name="triangulation_thresholds",
    ),
    path(f"{CODING}variables/<slug:variable>/", coding_variable, name="coding_variable"),
    path(f"{CODING}variables/<slug:variable>/decide/", coding_adjudicate, name="coding_adjudicate"),
    path("i/<str:token>/", booking, name="booking"),
    path("i/<str:token>/cancel/", booking_cancel, name="booking_cancel"),
    path("i/<str:token>/decline/", booking_decline, name="booking_decline"),
    path("i/<str:token>/colleague/", booking_colleague, name="booking_colleague"),
    path("i/<str:token>/consent/", booking_consent, name="booking_consent"),
    path("i/<str:token>/clock/", booking_clock, name="booking_clock"),
    path("i/<str:token>/interview.ics", booking_calendar, name="booking_calendar"),
    path("interviews/", my_interviews, name="my_interviews"),
    path("interviews/hours/", my_hours, name="my_hours"),
    path("interviews/feed/renew/", interview_feed_renew, name="interview_feed_renew"),
    path("interviews/feed/<str:token>.ics", interview_feed, name="interview_feed"),
    path("interviews/<int:pk>/", talk, name="talk"),
    path("interviews/<int:pk>/topics/<int:topic>/", talk_note, name="talk_note"),
    path("interviews/<int:pk>/begin/", talk_begin, name="talk_begin"),
    path("interviews/<int:pk>/cancel/", talk_cancel, name="talk_cancel"),
    path("interviews/<int:pk>/consent/", talk_consent, name="talk_consent"),
    path("interviews/<int:pk>/end/", talk_end, name="talk_end"),
    path("interviews/<int:pk>/files/", talk_files, name="talk_files"),
    path("interviews/<int:pk>/files/<int:file>/", talk_file, name="talk_file"),
    path("interviews/<int:pk>/files/<int:file>/remove/", talk_file_remove, name="talk_file_remove"),
    path("interviews/<int:pk>/report/", interview_report, name="interview_report"),
    path("interviews/<int:pk>/report/names/", interview_report_name, name="interview_report_name"),
    path(
        "interviews/<int:pk>/report/release/",
        interview_report_release,
        name="interview_report_release",
    ),
    path(f"{INTERVIEWS}<int:pk>/approach/", interview_approach, name="interview_approach"),
    path(f"{INTERVIEWS}<int:pk>/close/", interview_close, name="interview_close"),
    path(f"{INTERVIEWS}<int:pk>/calendar/", interview_calendar, name="interview_calendar"),
    path(
        f"{INTERVIEWS}<int:pk>/calendar.ics",
        interview_calendar_file,
        name="interview_calendar_file",
    ),
    path(INTERVIEWS, interview_rounds, name="interview_rounds"),
    path(f"{INTERVIEWS}new/", interview_round_new, name="interview_round_new"),
    path(f"{INTERVIEWS}guides/", interview_guides, name="interview_guides"),
    path(f"{INTERVIEWS}guides/ship/", interview_guides_ship, name="interview_guides_ship"),
    path(GUIDE, interview_guide, name="interview_guide"),
    path(f"{GUIDE}change/", interview_guide_change, name="interview_guide_change"),
    path(f"{INTERVIEWS}<int:pk>/", interview_round, name="interview_round"),
    path(f"{INTERVIEWS}<int:pk>/change/", interview_round_change, name="interview_round_change"),
    path(f"{INTERVIEWS}<int:pk>/sample/", interview_sample, name="interview_sample"),
    path(f"{INTERVIEWS}<int:pk>/sample/draw/", interview_draw, name="interview_draw"),
    path(
        f"{INTERVIEWS}<int:pk>/people/<int:candidate>/",
        interview_candidate,
        name="interview_candidate",
    ),
    path(f"{INTERVIEWS}<int:pk>/flow/", interview_flow, name="interview_flow"),
    path(
        f"{INTERVIEWS}<int:pk>/flow.<slug:format>",
        interview_flow_file,
        name="interview_flow_file",
    ),
    path(f"{WAVES}<int:pk>/remarks/", wave_remarks, name="wave_remarks"),
    path(f"{WAVES}<int:pk>/remarks/<int:answer>/", wave_remark, name="wave_remark"),
]
