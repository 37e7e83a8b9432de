"""Who may ask for what, in a town where everything is going on: one letter each (rights.py)."""

from __future__ import annotations

# Who gets in, by letters. A route that is not named here fails the test.
RIGHTS = {
    # nobody: what the address names is not there, or no longer
    "": """
        GET:core.catch_up GET:municipalities.invitation POST:municipalities.accept_invitation
        GET:comments.new_reply GET:comments.edit GET:comments.ask_deletion
        GET:workshops.helper_invitation POST:workshops.answer_helper_invitation
        GET:facilitation.proxy POST:facilitation.do_proxy GET:facilitation.unlock_screen
        GET:facilitation.ask_out
        GET:joining.enter POST:joining.take_part POST:joining.return_ POST:ballots.remove
        GET:outcomes.board GET:outcomes.ask_leave POST:outcomes.leave
    """,
    # whoever is in the room
    "g": """
        GET:facilitation.room POST:facilitation.do GET:facilitation.own
    """,
    # administrators
    "h": """
        GET:municipalities.members POST:municipalities.create_invitation
        POST:municipalities.create_withdrawal POST:municipalities.update_member
        POST:municipalities.create_removal GET:municipalities.settings
        POST:municipalities.update_settings GET:municipalities.units
        POST:municipalities.create_unit POST:municipalities.update_unit
        POST:municipalities.update_unit_archive GET:pipeline_settings.index
        GET:pipeline_settings.new_stage POST:pipeline_settings.create_stage
        GET:pipeline_settings.show_stage POST:pipeline_settings.update_stage
        POST:pipeline_settings.archive POST:pipeline_settings.mend
        POST:pipeline_settings.position POST:pipeline_settings.create_move
        POST:pipeline_settings.remove
    """,
    # whoever works for the unit that asked
    "m": """
        GET:challenges.edit
    """,
    # operators
    "o": """
        GET:towns.manage POST:towns.create POST:towns.update_closing
        POST:towns.create_administrator
    """,
    # whoever wrote it
    "w": """
        POST:accounts.end_session GET:contributions.withdraw
        POST:contributions.create_withdrawal POST:comments.update GET:ideas.edit
        POST:ideas.update
    """,
    # those who lead
    "fh": """
        GET:workshops.edit GET:workshops.people POST:workshops.update POST:workshops.announce
        POST:workshops.cancel POST:workshops.destroy GET:workshops.details
        POST:workshops.create_step GET:workshops.step POST:workshops.update_step
        POST:workshops.move POST:workshops.remove GET:workshops.methods POST:workshops.choose
        POST:workshops.minutes GET:workshops.leads POST:workshops.create_lead
        POST:workshops.remove_lead POST:workshops.update_leader
        POST:workshops.create_helper_invitation POST:workshops.remove_helper_invitation
        GET:facilitation.ask_open POST:facilitation.open POST:facilitation.rehearse
        GET:facilitation.console POST:facilitation.drive GET:facilitation.ask_close
        POST:facilitation.close GET:facilitation.helping POST:facilitation.decide
        POST:facilitation.reveal GET:facilitation.proxies POST:facilitation.create_proxy
        GET:facilitation.people POST:facilitation.paper GET:facilitation.screen
        GET:ballots.stacks GET:ballots.sheet POST:ballots.create GET:outcomes.harvest
        GET:outcomes.new POST:outcomes.create
    """,
    # the staff
    "mh": """
        GET:contributions.hide POST:contributions.update_hiding GET:pipeline.board
        GET:pipeline.lane GET:pipeline.new_move POST:pipeline.move GET:answers.new
        POST:answers.create GET:owners.edit POST:owners.update POST:challenges.update
    """,
    # whoever works for the town
    "mfh": """
        GET:workshops.new POST:workshops.create POST:workshops.copy
    """,
    # whoever is signed in
    "cwmfho": """
        GET:accounts.sessions POST:accounts.end_other_sessions GET:accounts.profile
        POST:accounts.update_profile GET:accounts.password POST:accounts.update_password
        GET:accounts.email POST:accounts.create_email_change POST:contributions.save
        POST:contributions.discard GET:votes.show POST:votes.update POST:comments.destroy
        GET:comments.ask_useful POST:comments.useful POST:workshops.sign_up GET:my.index
        GET:my.rest GET:my.export GET:my.erasure POST:my.create_erasure
    """,
    # everybody; what they write may wait until they have signed in
    "agcwmfho": """
        GET:core.catch_up_all GET:core.healthz GET:core.readyz GET:accounts.sign_in
        POST:accounts.create_session POST:accounts.sign_out GET:accounts.mail
        GET:accounts.forgotten POST:accounts.create_reset GET:accounts.forgotten_sent
        GET:accounts.reset POST:accounts.create_password GET:accounts.change_email
        POST:accounts.update_email GET:accounts.sign_up POST:accounts.create_account
        GET:accounts.sign_up_sent GET:accounts.confirm POST:accounts.create_confirmation
        GET:municipalities.theme GET:ledger.log GET:ledger.show GET:contributions.versions
        GET:comments.new POST:comments.begin POST:comments.create POST:comments.reply
        GET:comments.show GET:comments.thread GET:challenges.index GET:challenges.show
        GET:challenges.new
        POST:challenges.create POST:challenges.preview GET:ideas.index GET:ideas.why
        GET:ideas.show GET:ideas.new POST:ideas.begin POST:ideas.create POST:ideas.preview
        POST:ideas.similar POST:ideas.carry GET:workshops.index GET:workshops.town_calendar
        GET:workshops.show GET:workshops.calendar GET:joining.ask POST:joining.find
        GET:outcomes.minutes GET:outcomes.export GET:pages.about GET:pages.privacy
        GET:pages.cookies GET:pages.accessibility GET:pages.town GET:pages.results
        GET:national.about GET:national.privacy GET:national.cookies GET:national.accessibility
        GET:national.principles GET:national.principle GET:national.index GET:principles.index
        GET:principles.show GET:preferences.update GET:operations.show GET:pictograms
    """,
}
