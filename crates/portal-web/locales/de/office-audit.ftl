# Das Protokoll.
office-audit-lead = Wer wann was getan hat. Niemand kann einen Eintrag ändern oder entfernen.
office-audit-filter = Filter
office-audit-person = Person
office-audit-anybody = Alle
office-audit-what = Was
office-audit-anything = Alles
office-audit-portal = Portal
office-audit-any-portal = Alle
office-audit-from = Von
office-audit-to = Bis
office-audit-show = Anzeigen
office-audit-all = Alles anzeigen
office-audit-details = Einzelheiten
office-audit-none = Es gibt keinen solchen Eintrag.
office-audit-kind = { $kind ->
    [staff] Mitarbeitende
    [contact] Kunde
    [system] Das System
   *[command_line] Kommandozeile
}
office-audit-export = Export
office-audit-export-text = Was der Filter zeigt, als CSV-Datei mit höchstens { $most } Einträgen. Die Zeiten sind in UTC. Dafür wird ein Code Ihrer Authenticator-App verlangt, wenn Sie seit 10 Minuten keinen gezeigt haben.
office-audit-export-do = CSV herunterladen
office-audit-event = { $event ->
    [set_up_completed] Einrichtung abgeschlossen
    [staff_signed_in] Angemeldet
    [staff_signed_out] Abgemeldet
    [staff_blocked] Anmeldung nach vielen Fehlversuchen gebremst
    [staff_proved] Mit einem Code bestätigt
    [staff_added] Mitarbeitende hinzugefügt
    [staff_invited] Einladung noch einmal gesendet
    [staff_accepted] Einladung angenommen
    [staff_changed] Mitarbeitende geändert
    [staff_disabled] Mitarbeitende gesperrt
    [staff_enabled] Mitarbeitende entsperrt
    [staff_reset_made] Link für ein neues Passwort erstellt
    [staff_reset] Neues Passwort per Link gesetzt
    [staff_profile_changed] Eigene Angaben geändert
    [staff_password_changed] Eigenes Passwort geändert
    [staff_authenticator_set] Authenticator-App verbunden
    [staff_recovery_codes_made] Wiederherstellungscodes erneuert
    [staff_recovery_code_used] Wiederherstellungscode benutzt
    [staff_sessions_ended] Eigene Sitzungen beendet
    [audit_exported] Protokoll exportiert
    [domain_connected] Domain verbunden
    [domain_verified] Domain bestätigt
    [domain_changed] Domain geändert
    [domain_removed] Domain entfernt
    [portal_begun] Portal begonnen
    [portal_published] Portal veröffentlicht
    [portal_unpublished] Portal geschlossen
    [portal_deleted] Portal gelöscht
    [settings_changed] Einstellungen geändert
    [settings_rolled_back] Einstellungen zurückgesetzt
    [members_invited] Mitglieder eingeladen
    [member_invited] Mitglied eingeladen
    [members_invitations_resent] Einladungen erneut gesendet
    [members_invitations_cancelled] Einladungen abgebrochen
    [member_invitation_revoked] Einladung widerrufen
    [member_reset] Mitglied einen Link für ein neues Passwort gesendet
    [member_sessions_ended] Sitzungen eines Mitglieds beendet
    [registration_approved] Registrierung genehmigt
    [registration_declined] Registrierung abgelehnt
    [contact_added] Kontakt hinzugefügt
    [contact_changed] Kontakt geändert
    [contact_removed] Kontakt entfernt
    [contact_restored] Kontakt wiederhergestellt
    [company_added] Unternehmen hinzugefügt
    [company_changed] Unternehmen geändert
    [group_added] Zugriffsgruppe hinzugefügt
    [group_changed] Zugriffsgruppe geändert
    [group_members_changed] Mitglieder einer Zugriffsgruppe geändert
    [group_removed] Zugriffsgruppe entfernt
    [property_saved] Eigenschaft gespeichert
    [mail_sent_again] E-Mail noch einmal gesendet
    [mail_discarded] E-Mail verworfen
    [mail_tested] Test-E-Mail gesendet
    [staff_authenticator_removed] Authenticator-App getrennt
    [program_token_made] Token für ein Programm erstellt
    [program_token_removed] Token für ein Programm entfernt
    [inbox_moving] Postfach auf dem Weg in ein anderes Kundenportal
    [inbox_moved] Postfach in einem anderen Kundenportal angekommen
    [inbox_saved] Posteingang gespeichert
    [ticket_answered] Ticket beantwortet
    [ticket_noted] Notiz geschrieben
    [ticket_assigned] Ticket zugewiesen
    [ticket_status_changed] Status eines Tickets geändert
    [ticket_priority_changed] Priorität eines Tickets geändert
    [desk_view_saved] Ansicht des Helpdesks für alle gespeichert
    [desk_view_removed] Geteilte Ansicht des Helpdesks entfernt
    [desk_canned_saved] Textbaustein für alle gespeichert
    [desk_canned_removed] Geteilter Textbaustein entfernt
    [service_terms_changed] Zusagen eines Postfachs geändert
    [ticket_category_changed] Kategorie eines Tickets geändert
    [ticket_property_changed] Eigenschaft eines Tickets geändert
    [ticket_audience_changed] Ticket privat gemacht oder geteilt
    [ticket_moved] Ticket verschoben
    [ticket_standing_changed] Ticket als Spam markiert, gelöscht oder zurückgeholt
    [ticket_snoozed] Ticket zurückgestellt
    [pipeline_changed] Pipeline geändert
    [ticket_opened_for] Ticket für eine Kundin oder einen Kunden eröffnet
    [conversation_attached] Konversation einem Ticket hinzugefügt
    [conversation_detached] Konversation aus einem Ticket herausgenommen
    [conversation_state_changed] Stand einer Konversation geändert
    [contact_noted] Notiz zu Kontakt oder Unternehmen
    [contact_note_removed] Notiz zu Kontakt oder Unternehmen entfernt
    [contact_merged] Kontakte zusammengeführt
    [company_merged] Unternehmen zusammengeführt
    [contact_merge_undone] Zusammenführung rückgängig gemacht
    [contact_erased] Kontakt gelöscht
    [contact_exported] Daten eines Kontakts herausgegeben
    [data_exported] Kontakte oder Unternehmen exportiert
    [data_imported] Tabelle eingelesen
    [contact_viewed_as] Mit den Augen eines Kontakts gesehen
    [ticket_read_as] Ticket mit den Augen eines Kontakts gelesen
    [ticket_linked] Jemand an einem Ticket beteiligt
    [ticket_unlinked] Jemand von einem Ticket genommen
    [ticket_merged] Ticket zusammengeführt
    [ticket_unmerged] Ticket wieder getrennt
    [ticket_split] Ticket aufgeteilt
   *[other] { $event }
}
office-audit-seals = Siegel
office-audit-seals-text = Jede Minute erhalten neue Einträge ein Siegel, das am vorigen hängt. Ändert, entfernt oder ergänzt später jemand etwas in der Datenbank, passt es nicht mehr.
office-audit-sealed = Neuestes Siegel: Nummer { $n }, { $time }
office-audit-unsealed = Noch ist nichts versiegelt.
office-audit-waiting = Neue Einträge seit { $time } erhalten ihr Siegel innerhalb einer Minute.
office-audit-verify = Alle Siegel prüfen
office-audit-fine = Es wurde nichts manipuliert
office-audit-tampered = Jemand hat das Protokoll manipuliert
office-audit-verdict = { $entries } Einträge unter { $seals } Siegeln.
office-audit-forgotten = { $n } davon wurden geleert, als jemand gelöscht wurde.
office-audit-fault = Siegel { $seal }: { $kind ->
    [missing] davor fehlt ein Siegel
    [broken] es passt nicht zu seinen Einträgen oder zum Siegel davor
    [changed] ein Eintrag sagt etwas anderes als bei der Versiegelung
   *[unexpected] es ist nicht das erwartete
}
