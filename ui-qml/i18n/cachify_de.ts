<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Act</name>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Arbeitsbereich</translation>
    </message>
    <message>
        <source>Workflows</source>
        <translation>Workflows</translation>
    </message>
    <message>
        <source>Observability</source>
        <translation>Beobachtung</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Switch connection</source>
        <translation>Verbindung wechseln</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>Zwischen hell und dunkel wechseln</translation>
    </message>
    <message>
        <source>Mask values</source>
        <translation>Werte verdecken</translation>
    </message>
    <message>
        <source>Start the sandbox</source>
        <translation>Sandbox starten</translation>
    </message>
    <message>
        <source>Mark all alerts as read</source>
        <translation>Alle Alarme als gelesen markieren</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>Neue Verbindung</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Search keys</source>
        <translation>Schlüssel suchen</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>Save the value</source>
        <translation>Wert speichern</translation>
    </message>
    <message>
        <source>Roll back this key</source>
        <translation>Diesen Schlüssel zurückrollen</translation>
    </message>
    <message>
        <source>Close the key</source>
        <translation>Schlüssel schließen</translation>
    </message>
    <message>
        <source>Next open key</source>
        <translation>Nächster offener Schlüssel</translation>
    </message>
    <message>
        <source>Keep this key open</source>
        <translation>Diesen Schlüssel offen halten</translation>
    </message>
    <message>
        <source>Keys as a list or in folders</source>
        <translation>Schlüssel als Liste oder in Ordnern</translation>
    </message>
    <message>
        <source>Clear the clipboard</source>
        <translation>Zwischenablage leeren</translation>
    </message>
    <message>
        <source>Import connections…</source>
        <translation>Verbindungen importieren…</translation>
    </message>
    <message>
        <source>Export connections…</source>
        <translation>Verbindungen exportieren…</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
</context>
<context>
    <name>AlertList</name>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>unread</source>
        <translation>ungelesen</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>einmal</numerusform>
            <numerusform>%n-mal</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>Als gelesen markieren</translation>
    </message>
    <message>
        <source>Show its cause in the audit</source>
        <translation>Ursache im Audit zeigen</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>No alerts</source>
        <translation>Keine Alarme</translation>
    </message>
    <message>
        <source>What failed, was blocked or slow, lost connections, and rules that are met appear here.</source>
        <translation>Was fehlschlug, blockiert oder langsam war, verlorene Verbindungen und erfüllte Regeln erscheinen hier.</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>Filter löschen</translation>
    </message>
    <message>
        <source>Alerts could not be read</source>
        <translation>Alarme konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>AlertSheet</name>
    <message>
        <source>How often</source>
        <translation>Wie oft</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>einmal</numerusform>
            <numerusform>%n-mal</numerusform>
        </translation>
    </message>
    <message>
        <source>First</source>
        <translation>Zuerst</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>Zustellungen</translation>
    </message>
    <message>
        <source>It was given to no publisher.</source>
        <translation>Er wurde keinem Empfänger übergeben.</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>zugestellt</translation>
    </message>
    <message>
        <source>parked</source>
        <translation>geparkt</translation>
    </message>
    <message>
        <source>to be delivered</source>
        <translation>wird zugestellt</translation>
    </message>
    <message>
        <source>retrying</source>
        <translation>wird wiederholt</translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>%n Versuch</numerusform>
            <numerusform>%n Versuche</numerusform>
        </translation>
    </message>
    <message>
        <source>Show its cause</source>
        <translation>Ursache zeigen</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>Als gelesen markieren</translation>
    </message>
</context>
<context>
    <name>AlertsPage</name>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n ungelesen</numerusform>
            <numerusform>%n ungelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing unread</source>
        <translation>Nichts Ungelesenes</translation>
    </message>
    <message>
        <source>Mark all as read</source>
        <translation>Alle als gelesen markieren</translation>
    </message>
    <message>
        <source>Read again (F5)</source>
        <translation>Neu lesen (F5)</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Publishers</source>
        <translation>Empfänger</translation>
    </message>
    <message>
        <source>Unread only</source>
        <translation>Nur ungelesene</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Any severity</source>
        <translation>Jede Schwere</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Any source</source>
        <translation>Jede Quelle</translation>
    </message>
    <message>
        <source>app</source>
        <translation>App</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>workflow</source>
        <translation>Workflow</translation>
    </message>
    <message>
        <source>observability</source>
        <translation>Beobachtung</translation>
    </message>
    <message>
        <source>plugin</source>
        <translation>Plugin</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>All connections</source>
        <translation>Alle Verbindungen</translation>
    </message>
    <message>
        <source>Delete the rule “%1”?</source>
        <translation>Regel „%1“ löschen?</translation>
    </message>
    <message>
        <source>The alerts it raised stay.</source>
        <translation>Die Alarme, die sie auslöste, bleiben.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>AppButton</name>
    <message>
        <source>Not available. %1</source>
        <translation>Nicht verfügbar. %1</translation>
    </message>
</context>
<context>
    <name>Ask</name>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>You are about to change production</source>
        <translation>Sie sind dabei, die Produktion zu ändern</translation>
    </message>
    <message>
        <source>Type the connection&apos;s name to go on: %1</source>
        <translation>Zum Fortfahren den Namen der Verbindung eingeben: %1</translation>
    </message>
    <message>
        <source>The connection&apos;s name</source>
        <translation>Name der Verbindung</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Every event, newest first. Nothing here can be edited, and a change from outside shows.</source>
        <translation>Jedes Ereignis, das neueste zuerst. Nichts hier lässt sich bearbeiten, und eine Änderung von außen fällt auf.</translation>
    </message>
    <message>
        <source>Read again (F5)</source>
        <translation>Neu lesen (F5)</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>Verify the log</source>
        <translation>Protokoll prüfen</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Key or pattern</source>
        <translation>Schlüssel oder Muster</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Filter events</source>
        <translation>Ereignisse filtern</translation>
    </message>
    <message>
        <source>Export the event log…</source>
        <translation>Ereignisprotokoll exportieren…</translation>
    </message>
    <message>
        <source>Exporting: %1 lines</source>
        <translation>Export: %1 Zeilen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>None of the events that were looked through holds this.</source>
        <translation>Keines der durchsuchten Ereignisse enthält das.</translation>
    </message>
    <message>
        <source>Look further back</source>
        <translation>Weiter zurück suchen</translation>
    </message>
</context>
<context>
    <name>Bar</name>
    <message>
        <source>Scroll sideways</source>
        <translation>Bildlauf seitwärts</translation>
    </message>
    <message>
        <source>Scroll</source>
        <translation>Bildlauf</translation>
    </message>
</context>
<context>
    <name>BulkDelete</name>
    <message>
        <source>Looking at the selected keys</source>
        <translation>Die ausgewählten Schlüssel werden angesehen</translation>
    </message>
    <message>
        <source>On %1, %2. Only these, as they are now: a key that somebody changes before it is deleted is left alone.</source>
        <translation>Auf %1, %2. Nur diese, so wie sie jetzt sind: Ein Schlüssel, den jemand vor dem Löschen ändert, bleibt unberührt.</translation>
    </message>
    <message>
        <source>Each key is kept first, so all of it can be rolled back.</source>
        <translation>Jeder Schlüssel wird vorher aufbewahrt, alles lässt sich also zurückrollen.</translation>
    </message>
    <message>
        <source>None of the selected keys is there any more.</source>
        <translation>Keiner der ausgewählten Schlüssel ist noch da.</translation>
    </message>
    <message numerus="yes">
        <source>Delete %1 key(s)?</source>
        <translation>
            <numerusform>%1 Schlüssel löschen?</numerusform>
            <numerusform>%1 Schlüssel löschen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %1 key(s)</source>
        <translation>
            <numerusform>%1 Schlüssel löschen</numerusform>
            <numerusform>%1 Schlüssel löschen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Switch to a connection</source>
        <translation>Zu einer Verbindung wechseln</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>Type a command, a connection or a key</source>
        <translation>Befehl, Verbindung oder Schlüssel eingeben</translation>
    </message>
</context>
<context>
    <name>ConflictView</name>
    <message>
        <source>Somebody changed this value since you read it. Nothing was written.</source>
        <translation>Jemand hat diesen Wert geändert, seit Sie ihn gelesen haben. Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>On the server now</source>
        <translation>Jetzt auf dem Server</translation>
    </message>
    <message>
        <source>Yours, not saved</source>
        <translation>Ihrer, nicht gespeichert</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Fremden Wert nehmen</translation>
    </message>
    <message>
        <source>Overwrite with yours</source>
        <translation>Mit Ihrem überschreiben</translation>
    </message>
</context>
<context>
    <name>ConnectionEditor</name>
    <message>
        <source>New connection</source>
        <translation>Neue Verbindung</translation>
    </message>
    <message>
        <source>Edit connection</source>
        <translation>Verbindung bearbeiten</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>orders cache</source>
        <translation>Bestellungen-Cache</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Unix socket</source>
        <translation>Unix-Socket</translation>
    </message>
    <message>
        <source>In place of host and port</source>
        <translation>Statt Host und Port</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
    <message>
        <source>Standalone</source>
        <translation>Einzeln</translation>
    </message>
    <message>
        <source>Sentinel</source>
        <translation>Sentinel</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>Name of the master</source>
        <translation>Name des Masters</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Encrypt the connection</source>
        <translation>Verbindung verschlüsseln</translation>
    </message>
    <message>
        <source>Verify the server&apos;s certificate</source>
        <translation>Zertifikat des Servers prüfen</translation>
    </message>
    <message>
        <source>Anybody on the way can read and change what is sent.</source>
        <translation>Jeder auf dem Weg kann lesen und ändern, was gesendet wird.</translation>
    </message>
    <message>
        <source>Trusted certificates (PEM)</source>
        <translation>Vertraute Zertifikate (PEM)</translation>
    </message>
    <message>
        <source>those of the system</source>
        <translation>die des Systems</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>Client key</source>
        <translation>Client-Schlüssel</translation>
    </message>
    <message>
        <source>Name in the certificate</source>
        <translation>Name im Zertifikat</translation>
    </message>
    <message>
        <source>Tunnel</source>
        <translation>Tunnel</translation>
    </message>
    <message>
        <source>SSH destination</source>
        <translation>SSH-Ziel</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Read-only: block every change</source>
        <translation>Nur lesen: jede Änderung blockieren</translation>
    </message>
    <message>
        <source>Policy read-only: only lifted here, never from the workspace</source>
        <translation>Richtlinie „nur lesen“: nur hier aufzuheben, nie im Arbeitsbereich</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Separated by commas</source>
        <translation>Durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Timeouts and retries</source>
        <translation>Zeitlimits und Wiederholungen</translation>
    </message>
    <message>
        <source>Timeout, ms</source>
        <translation>Zeitlimit, ms</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Back-off, ms</source>
        <translation>Wartezeit, ms</translation>
    </message>
    <message>
        <source>Key separator</source>
        <translation>Trennzeichen</translation>
    </message>
    <message>
        <source>Slow from, ms</source>
        <translation>Langsam ab, ms</translation>
    </message>
    <message>
        <source>Delete this connection</source>
        <translation>Diese Verbindung löschen</translation>
    </message>
    <message>
        <source>Cancel test</source>
        <translation>Test abbrechen</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Delete the connection “%1”?</source>
        <translation>Verbindung „%1“ löschen?</translation>
    </message>
    <message>
        <source>Its stored password goes with it. The event log keeps what was done over it.</source>
        <translation>Ihr gespeichertes Passwort geht mit. Das Ereignisprotokoll behält, was über sie getan wurde.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>in the certificate&apos;s file</source>
        <translation>in der Datei des Zertifikats</translation>
    </message>
    <message>
        <source>Passphrase of the key</source>
        <translation>Passphrase des Schlüssels</translation>
    </message>
    <message>
        <source>SSH port</source>
        <translation>SSH-Port</translation>
    </message>
    <message>
        <source>SSH configuration</source>
        <translation>SSH-Konfiguration</translation>
    </message>
    <message>
        <source>Run by your own ssh: key files, agent, jumps and known hosts are those of its configuration.</source>
        <translation>Von Ihrem eigenen ssh ausgeführt: Schlüsseldateien, Agent, Sprünge und bekannte Hosts sind die seiner Konfiguration.</translation>
    </message>
    <message>
        <source>Forgotten when you save.</source>
        <translation>Wird beim Speichern vergessen.</translation>
    </message>
    <message>
        <source>Stored; leave it empty to keep it.</source>
        <translation>Gespeichert; leer lassen, um es zu behalten.</translation>
    </message>
    <message>
        <source>Keep it after all</source>
        <translation>Doch behalten</translation>
    </message>
    <message>
        <source>Forget the stored password</source>
        <translation>Gespeichertes Passwort vergessen</translation>
    </message>
    <message>
        <source>Forget the stored passphrase</source>
        <translation>Gespeicherte Passphrase vergessen</translation>
    </message>
    <message>
        <source>Discard what was typed?</source>
        <translation>Eingaben verwerfen?</translation>
    </message>
    <message>
        <source>Another connection was given to fill this form with.</source>
        <translation>Sie haben eine andere Verbindung angegeben, mit der dieses Formular ausgefüllt werden soll.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
</context>
<context>
    <name>ConnectionFiles</name>
    <message>
        <source>Export connections</source>
        <translation>Verbindungen exportieren</translation>
    </message>
    <message>
        <source>Connections (*.json)</source>
        <translation>Verbindungen (*.json)</translation>
    </message>
    <message>
        <source>Import connections</source>
        <translation>Verbindungen importieren</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>ConnectionRow</name>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>noch nie benutzt</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>nur lesen</translation>
    </message>
    <message>
        <source>policy: read-only</source>
        <translation>Richtlinie: nur lesen</translation>
    </message>
    <message>
        <source>TLS not verified</source>
        <translation>TLS nicht geprüft</translation>
    </message>
    <message>
        <source>Duplicate %1</source>
        <translation>%1 duplizieren</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>%1 is a favourite: not any more</source>
        <translation>%1 ist ein Favorit: nicht mehr</translation>
    </message>
    <message>
        <source>Make %1 a favourite: first in lists</source>
        <translation>%1 zum Favoriten machen: zuerst in Listen</translation>
    </message>
</context>
<context>
    <name>ConnectionsPage</name>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message numerus="yes">
        <source>%n profile(s)</source>
        <translation>
            <numerusform>%n Profil</numerusform>
            <numerusform>%n Profile</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 profiles</source>
        <translation>%1 von %2 Profilen</translation>
    </message>
    <message>
        <source>Filter by name, host or tag</source>
        <translation>Nach Name, Host oder Tag filtern</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>Gruppieren nach</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>Neue Verbindung</translation>
    </message>
    <message>
        <source>No connection matches</source>
        <translation>Keine Verbindung passt</translation>
    </message>
    <message>
        <source>Nothing is called “%1”, and no host or tag is like it.</source>
        <translation>Nichts heißt „%1“, und kein Host oder Tag ähnelt dem.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter löschen</translation>
    </message>
    <message>
        <source>The connections could not be read</source>
        <translation>Die Verbindungen konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Import connections…</source>
        <translation>Verbindungen importieren…</translation>
    </message>
    <message>
        <source>Export connections…</source>
        <translation>Verbindungen exportieren…</translation>
    </message>
</context>
<context>
    <name>CopyMenu</name>
    <message>
        <source>Copy as it is</source>
        <translation>Kopieren, wie er ist</translation>
    </message>
    <message>
        <source>Copy as shown</source>
        <translation>Kopieren wie angezeigt</translation>
    </message>
    <message>
        <source>Copy as a command</source>
        <translation>Als Befehl kopieren</translation>
    </message>
    <message>
        <source>Clear the clipboard</source>
        <translation>Zwischenablage leeren</translation>
    </message>
    <message>
        <source>Write to a file…</source>
        <translation>In eine Datei schreiben …</translation>
    </message>
</context>
<context>
    <name>ElementsView</name>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Punktzahl</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove this element?</source>
        <translation>Dieses Element entfernen?</translation>
    </message>
    <message>
        <source>Load more</source>
        <translation>Mehr laden</translation>
    </message>
    <message>
        <source>Add an element</source>
        <translation>Element hinzufügen</translation>
    </message>
    <message>
        <source>Change the element</source>
        <translation>Element ändern</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Change this key?</source>
        <translation>Diesen Schlüssel ändern?</translation>
    </message>
    <message>
        <source>Too long, or not plain text on one line: change it with cachify</source>
        <translation>Zu lang oder kein einfacher Text in einer Zeile: mit cachify ändern</translation>
    </message>
</context>
<context>
    <name>EnvironmentBadge</name>
    <message>
        <source>PROD</source>
        <translation>PROD</translation>
    </message>
    <message>
        <source>STAGING</source>
        <translation>STAGING</translation>
    </message>
    <message>
        <source>DEV</source>
        <translation>DEV</translation>
    </message>
</context>
<context>
    <name>EventList</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Key or pattern, and what came of it</source>
        <translation>Schlüssel oder Muster, Ergebnis</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>langsam</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>No event of this period has all that is asked for.</source>
        <translation>Kein Ereignis dieses Zeitraums hat alles, wonach gefragt ist.</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>Filter löschen</translation>
    </message>
    <message>
        <source>The timeline could not be read</source>
        <translation>Die Zeitachse konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>EventSheet</name>
    <message>
        <source>Position %1</source>
        <translation>Position %1</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Event id</source>
        <translation>Ereignis-ID</translation>
    </message>
    <message>
        <source>Correlation</source>
        <translation>Korrelation</translation>
    </message>
    <message>
        <source>Caused by</source>
        <translation>Verursacht durch</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>Inhalt</translation>
    </message>
</context>
<context>
    <name>Guard</name>
    <message>
        <source>On %1, %2.</source>
        <translation>Auf %1, %2.</translation>
    </message>
    <message>
        <source>A snapshot is taken first, so this can be undone.</source>
        <translation>Zuerst wird ein Schnappschuss gemacht, es lässt sich also rückgängig machen.</translation>
    </message>
    <message>
        <source>Go on without a way back?</source>
        <translation>Ohne Weg zurück fortfahren?</translation>
    </message>
    <message>
        <source>Nothing was changed. No snapshot can be taken that leads all the way back, as where a value is too large for one: this cannot be undone.</source>
        <translation>Es wurde nichts geändert. Es lässt sich kein Snapshot anlegen, der ganz zurückführt, etwa weil ein Wert dafür zu groß ist: Dies kann nicht rückgängig gemacht werden.</translation>
    </message>
    <message>
        <source>Go on without a way back</source>
        <translation>Ohne Weg zurück fortfahren</translation>
    </message>
    <message numerus="yes">
        <source>Discard what was changed in %n key(s)?</source>
        <translation>
            <numerusform>Verwerfen, was in %n Schlüssel geändert wurde?</numerusform>
            <numerusform>Verwerfen, was in %n Schlüsseln geändert wurde?</numerusform>
        </translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
</context>
<context>
    <name>HealthCard</name>
    <message>
        <source>healthy</source>
        <translation>gesund</translation>
    </message>
    <message>
        <source>degraded</source>
        <translation>beeinträchtigt</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>noch nie benutzt</translation>
    </message>
    <message>
        <source>p95 %1</source>
        <translation>p95 %1</translation>
    </message>
    <message>
        <source>errors %1</source>
        <translation>Fehler %1</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>ops</source>
        <translation>Ops</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>langsam</translation>
    </message>
    <message>
        <source>no sample yet; open it to watch its server</source>
        <translation>noch keine Messung; öffnen, um den Server zu beobachten</translation>
    </message>
</context>
<context>
    <name>HeatCell</name>
    <message>
        <source>%1: %2 operations, %3 errors, %4 blocked</source>
        <translation>%1: %2 Operationen, %3 Fehler, %4 blockiert</translation>
    </message>
    <message>
        <source>%1: nothing</source>
        <translation>%1: nichts</translation>
    </message>
    <message>
        <source>1k+</source>
        <translation>1k+</translation>
    </message>
</context>
<context>
    <name>HeatPanel</name>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Not all connections are shown: choose one, or a shorter period.</source>
        <translation>Nicht alle Verbindungen sind zu sehen: Wählen Sie eine oder einen kürzeren Zeitraum.</translation>
    </message>
    <message>
        <source>The number in a place is how many failed; – was blocked.</source>
        <translation>Die Zahl in einem Feld sagt, wie viele fehlschlugen; – wurde blockiert.</translation>
    </message>
    <message>
        <source>Errors by</source>
        <translation>Fehler nach</translation>
    </message>
    <message>
        <source>By time</source>
        <translation>Nach Zeit</translation>
    </message>
    <message>
        <source>By environment</source>
        <translation>Nach Umgebung</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>Errors, connection by time</source>
        <translation>Fehler, Verbindung nach Zeit</translation>
    </message>
    <message>
        <source>Errors, connection by environment</source>
        <translation>Fehler, Verbindung nach Umgebung</translation>
    </message>
    <message>
        <source>No connection was used in this period.</source>
        <translation>In diesem Zeitraum wurde keine Verbindung benutzt.</translation>
    </message>
</context>
<context>
    <name>HistorySheet</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Overwrite what somebody changed meanwhile?</source>
        <translation>Überschreiben, was jemand inzwischen geändert hat?</translation>
    </message>
    <message>
        <source>Restore this snapshot?</source>
        <translation>Diesen Schnappschuss wiederherstellen?</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Schnappschüsse</translation>
    </message>
    <message>
        <source>%1, before %2</source>
        <translation>%1, vor %2</translation>
    </message>
    <message>
        <source>before %1</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>No snapshots yet</source>
        <translation>Noch keine Schnappschüsse</translation>
    </message>
    <message>
        <source>Before each change made here, the key is kept as it was. Nothing was changed so far.</source>
        <translation>Vor jeder Änderung von hier wird der Schlüssel so aufbewahrt, wie er war. Bisher wurde nichts geändert.</translation>
    </message>
    <message>
        <source>What restoring would change</source>
        <translation>Was die Wiederherstellung ändern würde</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Restore all the same</source>
        <translation>Trotzdem wiederherstellen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ImportSheet</name>
    <message>
        <source>Import connections</source>
        <translation>Verbindungen importieren</translation>
    </message>
    <message>
        <source>Passwords never come along: give them here afterwards.</source>
        <translation>Passwörter kommen nie mit: Geben Sie sie danach hier an.</translation>
    </message>
    <message>
        <source>Connections of the file</source>
        <translation>Verbindungen der Datei</translation>
    </message>
    <message>
        <source>is imported</source>
        <translation>wird importiert</translation>
    </message>
    <message>
        <source>is left out</source>
        <translation>wird ausgelassen</translation>
    </message>
    <message>
        <source>here already</source>
        <translation>schon hier</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>needs its password here</source>
        <translation>braucht hier ihr Passwort</translation>
    </message>
    <message>
        <source>Import it as</source>
        <translation>Importieren als</translation>
    </message>
    <message>
        <source>Name of %1 here</source>
        <translation>Name von %1 hier</translation>
    </message>
    <message>
        <source>Nothing was imported</source>
        <translation>Nichts wurde importiert</translation>
    </message>
    <message>
        <source>No connections in this file</source>
        <translation>Keine Verbindungen in dieser Datei</translation>
    </message>
    <message>
        <source>A file that Export or `cachify connections export` wrote is needed.</source>
        <translation>Gebraucht wird eine Datei, die der Export oder `cachify connections export` geschrieben hat.</translation>
    </message>
    <message numerus="yes">
        <source>%n of them chosen</source>
        <translation>
            <numerusform>%n davon gewählt</numerusform>
            <numerusform>%n davon gewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>TLS without verification</source>
        <translation>TLS ohne Prüfung</translation>
    </message>
    <message>
        <source>Connection %1 of the file</source>
        <translation>Verbindung %1 der Datei</translation>
    </message>
    <message>
        <source>not valid</source>
        <translation>ungültig</translation>
    </message>
</context>
<context>
    <name>KeyList</name>
    <message>
        <source>Search keys</source>
        <translation>Schlüssel suchen</translation>
    </message>
    <message>
        <source>Exact key</source>
        <translation>Genauer Schlüssel</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>All types</source>
        <translation>Alle Typen</translation>
    </message>
    <message>
        <source>New key (Ctrl+N)</source>
        <translation>Neuer Schlüssel (Strg+N)</translation>
    </message>
    <message>
        <source>This connection is read-only</source>
        <translation>Diese Verbindung ist nur lesbar</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Genau</translation>
    </message>
    <message>
        <source>Takes * ? [ as they are</source>
        <translation>Nimmt * ? [ wörtlich</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Scan again (F5)</source>
        <translation>Neu durchsuchen (F5)</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>The keys could not be listed</source>
        <translation>Die Schlüssel konnten nicht gelistet werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Edit the connection</source>
        <translation>Verbindung bearbeiten</translation>
    </message>
    <message>
        <source>Nothing found so far</source>
        <translation>Bisher nichts gefunden</translation>
    </message>
    <message>
        <source>No key matches</source>
        <translation>Kein Schlüssel passt</translation>
    </message>
    <message>
        <source>Scan more</source>
        <translation>Weiter durchsuchen</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) selected</source>
        <translation>
            <numerusform>%n Schlüssel ausgewählt</numerusform>
            <numerusform>%n Schlüssel ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Show keys as</source>
        <translation>Schlüssel zeigen als</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>Baum</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Keys are being deleted</source>
        <translation>Schlüssel werden gelöscht</translation>
    </message>
    <message>
        <source>Key or pattern: user:*</source>
        <translation>Schlüssel oder Muster: user:*</translation>
    </message>
</context>
<context>
    <name>KeyPanel</name>
    <message>
        <source>Overwrite this value?</source>
        <translation>Diesen Wert überschreiben?</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Delete this key?</source>
        <translation>Diesen Schlüssel löschen?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Choose a key</source>
        <translation>Schlüssel wählen</translation>
    </message>
    <message>
        <source>Its value, TTL and history show here. The arrow keys go through the list.</source>
        <translation>Wert, TTL und Verlauf erscheinen hier. Die Pfeiltasten gehen durch die Liste.</translation>
    </message>
    <message>
        <source>Copy the value</source>
        <translation>Wert kopieren</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Delete the key</source>
        <translation>Schlüssel löschen</translation>
    </message>
    <message>
        <source>This connection is read-only</source>
        <translation>Diese Verbindung ist nur lesbar</translation>
    </message>
    <message>
        <source>TTL %1</source>
        <translation>TTL %1</translation>
    </message>
    <message>
        <source>Set TTL</source>
        <translation>TTL setzen</translation>
    </message>
    <message>
        <source>The value could not be read</source>
        <translation>Der Wert konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>This key is not there any more</source>
        <translation>Dieser Schlüssel ist nicht mehr da</translation>
    </message>
    <message>
        <source>It was deleted, renamed, or has expired. Its history may bring it back.</source>
        <translation>Er wurde gelöscht, umbenannt oder ist abgelaufen. Sein Verlauf kann ihn vielleicht zurückholen.</translation>
    </message>
    <message>
        <source>Open history</source>
        <translation>Verlauf öffnen</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>Hex</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Values are masked</source>
        <translation>Werte sind verdeckt</translation>
    </message>
    <message>
        <source>The eye in the top bar shows them again.</source>
        <translation>Das Auge in der oberen Leiste zeigt sie wieder.</translation>
    </message>
    <message>
        <source>Load more</source>
        <translation>Mehr laden</translation>
    </message>
    <message>
        <source>Time to live</source>
        <translation>Lebensdauer</translation>
    </message>
    <message>
        <source>Now %1. Leave it empty to keep the key for ever.</source>
        <translation>Jetzt %1. Leer lassen, um den Schlüssel für immer zu behalten.</translation>
    </message>
    <message>
        <source>The key does not expire now. Leave it empty to keep it so.</source>
        <translation>Der Schlüssel läuft jetzt nicht ab. Leer lassen, damit es so bleibt.</translation>
    </message>
    <message>
        <source>Change the TTL?</source>
        <translation>TTL ändern?</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Seconds, e.g. 3600</source>
        <translation>Sekunden, z. B. 3600</translation>
    </message>
    <message>
        <source>Too large to be edited here: replace it by a file</source>
        <translation>Zu groß, um hier bearbeitet zu werden: durch eine Datei ersetzen</translation>
    </message>
    <message>
        <source>Not plain text: replace it by a file</source>
        <translation>Kein einfacher Text: durch eine Datei ersetzen</translation>
    </message>
    <message>
        <source>Replace the value by a file</source>
        <translation>Wert durch eine Datei ersetzen</translation>
    </message>
    <message>
        <source>What is in this file takes the value&apos;s place when you save, byte for byte.</source>
        <translation>Wenn Sie speichern, tritt der Inhalt dieser Datei Byte für Byte an die Stelle des Werts.</translation>
    </message>
    <message>
        <source>Load all, %1</source>
        <translation>Alles laden, %1</translation>
    </message>
</context>
<context>
    <name>KeyTabs</name>
    <message>
        <source>Open keys</source>
        <translation>Offene Schlüssel</translation>
    </message>
    <message>
        <source>changed, not saved</source>
        <translation>geändert, nicht gespeichert</translation>
    </message>
    <message>
        <source>Close %1 (Ctrl+W)</source>
        <translation>%1 schließen (Strg+W)</translation>
    </message>
</context>
<context>
    <name>KeyTree</name>
    <message>
        <source>Keys in folders</source>
        <translation>Schlüssel in Ordnern</translation>
    </message>
    <message>
        <source>%1, %2 keys</source>
        <translation>%1, %2 Schlüssel</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>A change is being written. The window closes when it is done.</source>
        <translation>Eine Änderung wird gerade geschrieben. Das Fenster schließt sich, wenn sie fertig ist.</translation>
    </message>
    <message>
        <source>Work on many keys is under way; it can be resumed from Workflows › History.</source>
        <translation>Die Arbeit an vielen Schlüsseln läuft noch; Sie können sie unter Workflows › Verlauf fortsetzen.</translation>
    </message>
    <message>
        <source>Close the window?</source>
        <translation>Fenster schließen?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Loading</name>
    <message>
        <source>Working</source>
        <translation>Arbeitet</translation>
    </message>
</context>
<context>
    <name>LogExport</name>
    <message>
        <source>Export the event log</source>
        <translation>Ereignisprotokoll exportieren</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON-Zeilen (*.jsonl)</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>%1 – Cachify Studio</source>
        <translation>%1 – Cachify Studio</translation>
    </message>
    <message>
        <source>Cachify Studio</source>
        <translation>Cachify Studio</translation>
    </message>
    <message>
        <source>%1 – no way back</source>
        <translation>%1 – lässt sich nicht rückgängig machen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>The event log could not be opened</source>
        <translation>Das Ereignisprotokoll konnte nicht geöffnet werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Undo the last change?</source>
        <translation>Letzte Änderung rückgängig machen?</translation>
    </message>
    <message>
        <source>Bring these keys back?</source>
        <translation>Diese Schlüssel zurückholen?</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>Zurückrollen</translation>
    </message>
    <message>
        <source>%1 is trusted</source>
        <translation>%1 wird vertraut</translation>
    </message>
    <message>
        <source>%1 is not trusted any more</source>
        <translation>%1 wird nicht mehr vertraut</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) exported to %1, without their passwords</source>
        <translation>
            <numerusform>%n Verbindung nach %1 exportiert, ohne Passwort</numerusform>
            <numerusform>%n Verbindungen nach %1 exportiert, ohne ihre Passwörter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) imported</source>
        <translation>
            <numerusform>%n Verbindung importiert</numerusform>
            <numerusform>%n Verbindungen importiert</numerusform>
        </translation>
    </message>
    <message>
        <source>%1; passwords are needed for %2</source>
        <translation>%1; Passwörter fehlen für %2</translation>
    </message>
    <message>
        <source>%1 lines of the log exported to %2</source>
        <translation>%1 Zeilen des Protokolls nach %2 exportiert</translation>
    </message>
    <message>
        <source>The value is in %1</source>
        <translation>Der Wert steht in %1</translation>
    </message>
    <message>
        <source>%1. Workflows › History can bring these keys back.</source>
        <translation>%1. Unter Workflows › Verlauf können Sie diese Schlüssel zurückholen.</translation>
    </message>
    <message>
        <source>%1 was not changed: there would be no way back</source>
        <translation>%1 wurde nicht geändert: Es gäbe keinen Weg zurück</translation>
    </message>
</context>
<context>
    <name>NewKeyDialog</name>
    <message>
        <source>New key</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>An existing key is never overwritten.</source>
        <translation>Ein vorhandener Schlüssel wird nie überschrieben.</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>First field</source>
        <translation>Erstes Feld</translation>
    </message>
    <message>
        <source>First item</source>
        <translation>Erster Eintrag</translation>
    </message>
    <message>
        <source>First member</source>
        <translation>Erstes Mitglied</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Zuerst</translation>
    </message>
    <message>
        <source>Its value</source>
        <translation>Sein Wert</translation>
    </message>
    <message>
        <source>Its score</source>
        <translation>Seine Punktzahl</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>Zweitens</translation>
    </message>
</context>
<context>
    <name>ObservabilityPage</name>
    <message>
        <source>Observability</source>
        <translation>Beobachtung</translation>
    </message>
    <message>
        <source>%1 · goes on by itself</source>
        <translation>%1 · läuft von selbst weiter</translation>
    </message>
    <message>
        <source>Health, trend, errors and what was slow.</source>
        <translation>Zustand, Verlauf, Fehler und was langsam war.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>All connections</source>
        <translation>Alle Verbindungen</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>6 h</source>
        <translation>6 h</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7 d</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 d</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Eigener</translation>
    </message>
    <message>
        <source>Read again (F5)</source>
        <translation>Neu lesen (F5)</translation>
    </message>
    <message>
        <source>2026-01-31 12:00</source>
        <translation>2026-01-31 12:00</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>Slow operations</source>
        <translation>Langsame Operationen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Health of connections</source>
        <translation>Zustand der Verbindungen</translation>
    </message>
    <message>
        <source>Nothing happened in this period</source>
        <translation>In diesem Zeitraum geschah nichts</translation>
    </message>
    <message>
        <source>Every operation, reads included, appears here, whoever did it.</source>
        <translation>Jede Operation, auch jedes Lesen, erscheint hier, wer auch immer sie ausführte.</translation>
    </message>
    <message>
        <source>Nothing was slow in this period</source>
        <translation>In diesem Zeitraum war nichts langsam</translation>
    </message>
    <message>
        <source>What takes at least a connection&apos;s threshold appears here, and entries of the servers&apos; slow logs.</source>
        <translation>Was mindestens die Schwelle einer Verbindung dauert, erscheint hier, und Einträge der Slow-Logs der Server.</translation>
    </message>
    <message>
        <source>No connections yet</source>
        <translation>Noch keine Verbindungen</translation>
    </message>
    <message>
        <source>Add one: everything that is done over it, and how its server does, appears here.</source>
        <translation>Fügen Sie eine hinzu: Alles, was über sie geschieht, und wie es ihrem Server geht, erscheint hier.</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
</context>
<context>
    <name>ParameterField</name>
    <message>
        <source>%1. As JSON.</source>
        <translation>%1. Als JSON.</translation>
    </message>
</context>
<context>
    <name>PlanList</name>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>no TTL</source>
        <translation>keine TTL</translation>
    </message>
</context>
<context>
    <name>PluginSheet</name>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Provides</source>
        <translation>Bietet</translation>
    </message>
    <message>
        <source>May use</source>
        <translation>Darf nutzen</translation>
    </message>
    <message>
        <source>nothing but what it is given</source>
        <translation>nur, was ihm gegeben wird</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>Hersteller</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>ABI</source>
        <translation>ABI</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Digest</translation>
    </message>
    <message>
        <source>Revoke…</source>
        <translation>Entziehen…</translation>
    </message>
    <message>
        <source>Trust…</source>
        <translation>Vertrauen…</translation>
    </message>
    <message>
        <source>Trust %1?</source>
        <translation>%1 vertrauen?</translation>
    </message>
    <message>
        <source>A plugin is native code: it can do what you can do. Trust is for just the bytes of this digest, in %1.</source>
        <translation>Ein Plugin ist nativer Code: Es kann alles, was Sie können. Das Vertrauen gilt nur den Bytes mit diesem Digest, in %1.</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>Vertrauen</translation>
    </message>
    <message>
        <source>Revoke %1?</source>
        <translation>%1 das Vertrauen entziehen?</translation>
    </message>
    <message>
        <source>It is used no more, whatever its version, by the app and the command line alike. It can be trusted again.</source>
        <translation>Es wird nicht mehr benutzt, in keiner Version, weder von der App noch von der Kommandozeile. Ihm kann wieder vertraut werden.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Entziehen</translation>
    </message>
</context>
<context>
    <name>PluginsView</name>
    <message>
        <source>bundled</source>
        <translation>mitgeliefert</translation>
    </message>
    <message>
        <source>trusted</source>
        <translation>vertraut</translation>
    </message>
    <message>
        <source>not trusted</source>
        <translation>nicht vertraut</translation>
    </message>
    <message>
        <source>changed since it was trusted</source>
        <translation>seit dem Vertrauen verändert</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>entzogen</translation>
    </message>
    <message>
        <source>in quarantine</source>
        <translation>in Quarantäne</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>came with the program</source>
        <translation>kam mit dem Programm</translation>
    </message>
    <message>
        <source>installed for everybody</source>
        <translation>für alle installiert</translation>
    </message>
    <message>
        <source>from CACHIFY_PLUGIN_PATH</source>
        <translation>aus CACHIFY_PLUGIN_PATH</translation>
    </message>
    <message>
        <source>named by hand</source>
        <translation>von Hand genannt</translation>
    </message>
    <message>
        <source>your own</source>
        <translation>Ihr eigenes</translation>
    </message>
    <message>
        <source>workflow kind</source>
        <translation>Art von Ablauf</translation>
    </message>
    <message>
        <source>alert publisher</source>
        <translation>Alarmkanal</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>None found.</source>
        <translation>Keine gefunden.</translation>
    </message>
    <message numerus="yes">
        <source>%n fault(s) in a row</source>
        <translation>
            <numerusform>%n Fehler in Folge</numerusform>
            <numerusform>%n Fehler in Folge</numerusform>
        </translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Details of %1</source>
        <translation>Einzelheiten von %1</translation>
    </message>
</context>
<context>
    <name>PublisherSheet</name>
    <message>
        <source>Saving switches it on, for alerts from then on.</source>
        <translation>Speichern schaltet ihn ein, für Alarme von da an.</translation>
    </message>
    <message>
        <source>kept; type to replace it</source>
        <translation>aufbewahrt; tippen, um es zu ersetzen</translation>
    </message>
    <message>
        <source>Which alerts</source>
        <translation>Welche Alarme</translation>
    </message>
    <message>
        <source>every alert</source>
        <translation>jeder Alarm</translation>
    </message>
    <message>
        <source>warning and critical</source>
        <translation>Warnungen und kritische</translation>
    </message>
    <message>
        <source>critical only</source>
        <translation>nur kritische</translation>
    </message>
    <message>
        <source>Attempts before it is parked</source>
        <translation>Versuche, bevor geparkt wird</translation>
    </message>
    <message>
        <source>1 to 20</source>
        <translation>1 bis 20</translation>
    </message>
    <message>
        <source>Wait before the second, in ms</source>
        <translation>Warten vor dem zweiten, in ms</translation>
    </message>
    <message>
        <source>doubles with each</source>
        <translation>verdoppelt sich jedes Mal</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save and switch on</source>
        <translation>Speichern und einschalten</translation>
    </message>
</context>
<context>
    <name>PublishersView</name>
    <message>
        <source>Delivering a test…</source>
        <translation>Ein Test wird zugestellt …</translation>
    </message>
    <message>
        <source>A test was delivered.</source>
        <translation>Ein Test wurde zugestellt.</translation>
    </message>
    <message>
        <source>Not delivered: %1</source>
        <translation>Nicht zugestellt: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s) will be delivered</source>
        <translation>
            <numerusform>%n Alarm wird zugestellt</numerusform>
            <numerusform>%n Alarme werden zugestellt</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No publishers</source>
        <translation>Keine Empfänger</translation>
    </message>
    <message>
        <source>Publishers are plugins; none is installed that may be used.</source>
        <translation>Empfänger sind Plugins; keines ist installiert, das benutzt werden darf.</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>every alert</source>
        <translation>jeder Alarm</translation>
    </message>
    <message>
        <source>warning and critical</source>
        <translation>Warnungen und kritische</translation>
    </message>
    <message>
        <source>critical only</source>
        <translation>nur kritische</translation>
    </message>
    <message>
        <source>Send a test</source>
        <translation>Test senden</translation>
    </message>
    <message>
        <source>Send a test to %1</source>
        <translation>Test an %1 senden</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>Einrichten</translation>
    </message>
    <message>
        <source>Settings of %1</source>
        <translation>Einstellungen von %1</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Ausschalten</translation>
    </message>
    <message>
        <source>Switch off %1; its settings stay</source>
        <translation>%1 ausschalten; die Einstellungen bleiben</translation>
    </message>
    <message numerus="yes">
        <source>%n delivered</source>
        <translation>
            <numerusform>%n zugestellt</numerusform>
            <numerusform>%n zugestellt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parked</source>
        <translation>
            <numerusform>%n geparkt</numerusform>
            <numerusform>%n geparkt</numerusform>
        </translation>
    </message>
    <message>
        <source>last at %1</source>
        <translation>zuletzt %1</translation>
    </message>
    <message>
        <source>next attempt at %1</source>
        <translation>nächster Versuch %1</translation>
    </message>
    <message>
        <source>Deliver parked ones</source>
        <translation>Geparkte zustellen</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>A whole number above zero is needed here.</source>
        <translation>Hier ist eine ganze Zahl über null nötig.</translation>
    </message>
    <message>
        <source>was not there</source>
        <translation>war nicht da</translation>
    </message>
    <message>
        <source>no TTL</source>
        <translation>keine TTL</translation>
    </message>
    <message>
        <source>TTL %1</source>
        <translation>TTL %1</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>A time is written like 2026-01-31 12:00.</source>
        <translation>Eine Zeit schreibt man wie 2026-01-31 12:00.</translation>
    </message>
    <message>
        <source>The period ends before it begins.</source>
        <translation>Der Zeitraum endet, bevor er beginnt.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 done</source>
        <translation>%1 erledigt</translation>
    </message>
    <message>
        <source>, %1 failed</source>
        <translation>, %1 fehlgeschlagen</translation>
    </message>
    <message>
        <source>, %1 skipped</source>
        <translation>, %1 übersprungen</translation>
    </message>
    <message numerus="yes">
        <source>%1 key(s)</source>
        <translation>
            <numerusform>%1 Schlüssel</numerusform>
            <numerusform>%1 Schlüssel</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Arbeitsbereich</translation>
    </message>
    <message>
        <source>Workflows</source>
        <translation>Workflows</translation>
    </message>
    <message>
        <source>Observability</source>
        <translation>Beobachtung</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n unread</source>
        <translation>
            <numerusform>%1, %n ungelesen</numerusform>
            <numerusform>%1, %n ungelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>Cachify Studio</source>
        <translation>Cachify Studio</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>RuleSheet</name>
    <message>
        <source>New rule</source>
        <translation>Neue Regel</translation>
    </message>
    <message>
        <source>Edit the rule</source>
        <translation>Regel bearbeiten</translation>
    </message>
    <message>
        <source>At most one alert in each look-back.</source>
        <translation>Höchstens ein Alarm je Rückblick.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Too many errors in production</source>
        <translation>Zu viele Fehler in Produktion</translation>
    </message>
    <message>
        <source>What is looked at</source>
        <translation>Was betrachtet wird</translation>
    </message>
    <message>
        <source>Error rate, 0 to 1</source>
        <translation>Fehlerrate, 0 bis 1</translation>
    </message>
    <message>
        <source>p95 of durations, in ms</source>
        <translation>p95 der Dauern, in ms</translation>
    </message>
    <message>
        <source>Number of operations</source>
        <translation>Zahl der Operationen</translation>
    </message>
    <message>
        <source>Number of errors</source>
        <translation>Zahl der Fehler</translation>
    </message>
    <message>
        <source>Number of blocked operations</source>
        <translation>Zahl blockierter Operationen</translation>
    </message>
    <message>
        <source>Number of slow operations</source>
        <translation>Zahl langsamer Operationen</translation>
    </message>
    <message>
        <source>Number of reconnects</source>
        <translation>Zahl der Wiederverbindungen</translation>
    </message>
    <message>
        <source>Longest ping, in ms</source>
        <translation>Längster Ping in ms</translation>
    </message>
    <message>
        <source>Commands per second, on average</source>
        <translation>Befehle pro Sekunde im Mittel</translation>
    </message>
    <message>
        <source>Memory used, in bytes</source>
        <translation>Belegter Speicher in Byte</translation>
    </message>
    <message>
        <source>Connected clients</source>
        <translation>Verbundene Clients</translation>
    </message>
    <message>
        <source>Hit rate, 0 to 1</source>
        <translation>Trefferquote, 0 bis 1</translation>
    </message>
    <message>
        <source>Keys evicted</source>
        <translation>Verdrängte Schlüssel</translation>
    </message>
    <message>
        <source>Replication lag, in ms</source>
        <translation>Replikationsverzug in ms</translation>
    </message>
    <message>
        <source>Is</source>
        <translation>Ist</translation>
    </message>
    <message>
        <source>above</source>
        <translation>über</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>mindestens</translation>
    </message>
    <message>
        <source>below</source>
        <translation>unter</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>höchstens</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>0.2</source>
        <translation>0.2</translation>
    </message>
    <message>
        <source>Over minutes</source>
        <translation>Über Minuten</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Every connection, each by itself</source>
        <translation>Jede Verbindung, jede für sich</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Any environment</source>
        <translation>Jede Umgebung</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Create the rule</source>
        <translation>Regel anlegen</translation>
    </message>
    <message>
        <source>Save the rule</source>
        <translation>Regel speichern</translation>
    </message>
</context>
<context>
    <name>RulesView</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Threshold rules</source>
        <translation>Schwellenregeln</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Neue Regel</translation>
    </message>
    <message>
        <source>No rules yet</source>
        <translation>Noch keine Regeln</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>Whether %1 raises alerts</source>
        <translation>Ob %1 Alarme auslöst</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>What Cachify watches itself</source>
        <translation>Was Cachify selbst beobachtet</translation>
    </message>
    <message>
        <source>Whether this raises alerts: %1</source>
        <translation>Ob dies Alarme auslöst: %1</translation>
    </message>
</context>
<context>
    <name>RunHistory</name>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Any status</source>
        <translation>Jeder Status</translation>
    </message>
    <message>
        <source>Read again (F5)</source>
        <translation>Neu lesen (F5)</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>dry run</source>
        <translation>Probelauf</translation>
    </message>
    <message>
        <source>Nothing was run yet</source>
        <translation>Noch nichts wurde ausgeführt</translation>
    </message>
    <message>
        <source>No run with this status</source>
        <translation>Kein Lauf mit diesem Status</translation>
    </message>
</context>
<context>
    <name>RunSheet</name>
    <message>
        <source>Open the connection it ran on</source>
        <translation>Verbindung öffnen, auf der es lief</translation>
    </message>
    <message>
        <source>dry run</source>
        <translation>Probelauf</translation>
    </message>
    <message>
        <source>Roll back “%1”?</source>
        <translation>„%1“ zurückrollen?</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>Zurückrollen</translation>
    </message>
    <message>
        <source>Go on with “%1”?</source>
        <translation>Mit „%1“ fortfahren?</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation>Gelungen</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Keys, failures first</source>
        <translation>Schlüssel, Fehlschläge zuerst</translation>
    </message>
    <message>
        <source>Keys of this run</source>
        <translation>Schlüssel dieses Laufs</translation>
    </message>
    <message>
        <source>No key was touched</source>
        <translation>Kein Schlüssel wurde berührt</translation>
    </message>
    <message>
        <source>Edit and rerun</source>
        <translation>Bearbeiten und wiederholen</translation>
    </message>
    <message>
        <source>Rerun</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Planned, nothing is changed yet</source>
        <translation>Geplant, noch nichts geändert</translation>
    </message>
    <message>
        <source>No key was found</source>
        <translation>Kein Schlüssel gefunden</translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message>
        <source>Changed: %1</source>
        <translation>Geändert: %1</translation>
    </message>
    <message>
        <source>Keep the TTL</source>
        <translation>TTL behalten</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>By the file: %1</source>
        <translation>Durch die Datei: %1</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Replace the file?</source>
        <translation>Datei ersetzen?</translation>
    </message>
    <message>
        <source>A file of this name is there already. What is in it will be lost.</source>
        <translation>Eine Datei dieses Namens gibt es schon. Was darin steht, geht verloren.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
</context>
<context>
    <name>Scroller</name>
    <message>
        <source>Scroll</source>
        <translation>Bildlauf</translation>
    </message>
    <message>
        <source>Scroll sideways</source>
        <translation>Bildlauf seitwärts</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Erscheinung</translation>
    </message>
    <message>
        <source>Changes at once; System follows the desktop.</source>
        <translation>Wirkt sofort; „System“ folgt dem Desktop.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>How much fits on a screen.</source>
        <translation>Wie viel auf einen Bildschirm passt.</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>Bequem</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Kompakt</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Bewegung verringern</translation>
    </message>
    <message>
        <source>Nothing fades or slides.</source>
        <translation>Nichts blendet oder gleitet.</translation>
    </message>
    <message>
        <source>Plugins</source>
        <translation>Plugins</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Event log</source>
        <translation>Ereignisprotokoll</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>What the engine and servers say stays in English.</source>
        <translation>Was Engine und Server sagen, bleibt auf Englisch.</translation>
    </message>
    <message>
        <source>in the keyring of the desktop (Secret Service)</source>
        <translation>im Schlüsselbund des Desktops (Secret Service)</translation>
    </message>
    <message>
        <source>in a file sealed with your passphrase</source>
        <translation>in einer Datei, versiegelt mit Ihrer Passphrase</translation>
    </message>
    <message>
        <source>in a file sealed with a key beside it that only you can read</source>
        <translation>in einer Datei, versiegelt mit einem Schlüssel daneben, den nur Sie lesen können</translation>
    </message>
    <message>
        <source>in memory: gone when the app ends</source>
        <translation>im Arbeitsspeicher: weg, wenn die App endet</translation>
    </message>
    <message>
        <source>New connections</source>
        <translation>Neue Verbindungen</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>Zeitlimit</translation>
    </message>
    <message>
        <source>Of each attempt, in milliseconds: 100 to 120000. The form begins with it.</source>
        <translation>Für jeden Versuch, in Millisekunden: 100 bis 120000. Das Formular beginnt damit.</translation>
    </message>
    <message>
        <source>Timeout, ms</source>
        <translation>Zeitlimit, ms</translation>
    </message>
    <message>
        <source>Production is read-only</source>
        <translation>Produktion nur lesen</translation>
    </message>
    <message>
        <source>A new connection to production begins read-only; its form can lift that.</source>
        <translation>Eine neue Verbindung zur Produktion beginnt mit „nur lesen“; ihr Formular kann das aufheben.</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>Passwords</source>
        <translation>Passwörter</translation>
    </message>
    <message>
        <source>Their file</source>
        <translation>Ihre Datei</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>Of all text here; what holds it grows along.</source>
        <translation>Gilt für jeden Text hier; was ihn umgibt, wächst mit.</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>125 %</source>
        <translation>125 %</translation>
    </message>
    <message>
        <source>150 %</source>
        <translation>150 %</translation>
    </message>
</context>
<context>
    <name>SeverityBadge</name>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>info</source>
        <translation>Info</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>SideSheet</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>ping %1</source>
        <translation>Ping %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>sandbox running</source>
        <translation>Sandbox läuft</translation>
    </message>
    <message>
        <source>log at %1</source>
        <translation>Protokoll bei %1</translation>
    </message>
    <message numerus="yes">
        <source>views %n event(s) behind</source>
        <translation>
            <numerusform>Ansichten %n Ereignis zurück</numerusform>
            <numerusform>Ansichten %n Ereignisse zurück</numerusform>
        </translation>
    </message>
    <message>
        <source>the server does not answer; it is tried again</source>
        <translation>der Server antwortet nicht; es wird weiter versucht</translation>
    </message>
</context>
<context>
    <name>TaskChip</name>
    <message>
        <source>%1, dry run</source>
        <translation>%1, Probelauf</translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>Abbrechen: %1</translation>
    </message>
</context>
<context>
    <name>TemplateList</name>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Delete the template %1</source>
        <translation>Vorlage %1 löschen</translation>
    </message>
    <message>
        <source>Delete this template?</source>
        <translation>Diese Vorlage löschen?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>TimelineFilters</name>
    <message>
        <source>Search the timeline</source>
        <translation>Zeitachse durchsuchen</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Action, such as keys.get</source>
        <translation>Aktion, etwa keys.get</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Any status</source>
        <translation>Jeder Status</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Any environment</source>
        <translation>Jede Umgebung</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Any source</source>
        <translation>Jede Quelle</translation>
    </message>
    <message>
        <source>app</source>
        <translation>App</translation>
    </message>
    <message>
        <source>cli</source>
        <translation>CLI</translation>
    </message>
    <message>
        <source>workflow</source>
        <translation>Workflow</translation>
    </message>
    <message>
        <source>plugin</source>
        <translation>Plugin</translation>
    </message>
    <message>
        <source>engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>Filter löschen</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Switch connection (Ctrl+P)</source>
        <translation>Verbindung wechseln (Strg+P)</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>Suchen oder ausführen</translation>
    </message>
    <message>
        <source>Command palette (Ctrl+K)</source>
        <translation>Befehlspalette (Strg+K)</translation>
    </message>
    <message>
        <source>Values are masked; show them</source>
        <translation>Werte sind verdeckt; zeigen</translation>
    </message>
    <message>
        <source>Mask values</source>
        <translation>Werte verdecken</translation>
    </message>
    <message numerus="yes">
        <source>Alerts: %n unread (Ctrl+5)</source>
        <translation>
            <numerusform>Alarme: %n ungelesen (Strg+5)</numerusform>
            <numerusform>Alarme: %n ungelesen (Strg+5)</numerusform>
        </translation>
    </message>
    <message>
        <source>Alerts: nothing unread (Ctrl+5)</source>
        <translation>Alarme: nichts Ungelesenes (Strg+5)</translation>
    </message>
    <message>
        <source>Deleting keys</source>
        <translation>Schlüssel löschen</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>Workflow</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Strg+K</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Saved counter:visits</source>
        <translation>counter:visits gespeichert</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Delete this key?</source>
        <translation>Diesen Schlüssel löschen?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>TrendPanel</name>
    <message>
        <source>Operations</source>
        <translation>Operationen</translation>
    </message>
    <message>
        <source>operations</source>
        <translation>Operationen</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>Operations over time</source>
        <translation>Operationen im Zeitverlauf</translation>
    </message>
    <message>
        <source>Nothing was done in this period.</source>
        <translation>In diesem Zeitraum wurde nichts getan.</translation>
    </message>
</context>
<context>
    <name>TrustChip</name>
    <message>
        <source>Connected to %1, %2, %3</source>
        <translation>Verbunden mit %1, %2, %3</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Keine Verbindung</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>TLS not verified</source>
        <translation>TLS nicht geprüft</translation>
    </message>
    <message>
        <source>writable</source>
        <translation>beschreibbar</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>nur lesen</translation>
    </message>
    <message>
        <source>policy: read-only</source>
        <translation>Richtlinie: nur lesen</translation>
    </message>
    <message>
        <source>%1, %2: not reachable</source>
        <translation>%1, %2: nicht erreichbar</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>nicht erreichbar</translation>
    </message>
</context>
<context>
    <name>UnreadBadge</name>
    <message>
        <source>99+</source>
        <translation>99+</translation>
    </message>
</context>
<context>
    <name>ValueEditor</name>
    <message>
        <source>Find in the value</source>
        <translation>Im Wert suchen</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>Part %1 of %2</source>
        <translation>Teil %1 von %2</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>Neuer Wert</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>To the part before</source>
        <translation>Zum vorigen Teil</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>To the next part</source>
        <translation>Zum nächsten Teil</translation>
    </message>
</context>
<context>
    <name>ValueFiles</name>
    <message>
        <source>Replace the value by a file</source>
        <translation>Wert durch eine Datei ersetzen</translation>
    </message>
    <message>
        <source>Write the value to a file</source>
        <translation>Wert in eine Datei schreiben</translation>
    </message>
</context>
<context>
    <name>ValueLines</name>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Welcome to Cachify Studio</source>
        <translation>Willkommen bei Cachify Studio</translation>
    </message>
    <message>
        <source>Redis and Memcached, where nothing dangerous happens by accident, and everything that happened can be seen, proved and undone.</source>
        <translation>Redis und Memcached, wo nichts Gefährliches aus Versehen geschieht und sich alles Geschehene sehen, beweisen und rückgängig machen lässt.</translation>
    </message>
    <message>
        <source>Add a connection</source>
        <translation>Verbindung hinzufügen</translation>
    </message>
    <message>
        <source>Fill in host, credentials, TLS and safety rules, and test it before it is saved.</source>
        <translation>Host, Zugangsdaten, TLS und Sicherheitsregeln eintragen und vor dem Speichern testen.</translation>
    </message>
    <message>
        <source>Paste a URL</source>
        <translation>URL einfügen</translation>
    </message>
    <message>
        <source>redis://, rediss://, redis+unix:// or memcached:// fills the form for you.</source>
        <translation>redis://, rediss://, redis+unix:// oder memcached:// füllt das Formular für Sie aus.</translation>
    </message>
    <message>
        <source>Connection URL</source>
        <translation>Verbindungs-URL</translation>
    </message>
    <message>
        <source>Use this URL</source>
        <translation>Diese URL verwenden</translation>
    </message>
    <message>
        <source>Try the sandbox</source>
        <translation>Sandbox ausprobieren</translation>
    </message>
    <message>
        <source>A throw-away Redis and Memcached on this machine with sample data, gone when you close the window.</source>
        <translation>Redis und Memcached zum Wegwerfen auf diesem Rechner, mit Beispieldaten; sie verschwinden mit dem Fenster.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Start the sandbox</source>
        <translation>Sandbox starten</translation>
    </message>
    <message>
        <source>Coming from another machine?</source>
        <translation>Kommen Sie von einem anderen Rechner?</translation>
    </message>
    <message>
        <source>Import connections…</source>
        <translation>Verbindungen importieren…</translation>
    </message>
</context>
<context>
    <name>WorkflowForm</name>
    <message>
        <source>Run this plan?</source>
        <translation>Diesen Plan ausführen?</translation>
    </message>
    <message>
        <source>With the parameters of an earlier run. What you leave as it is stays as it was then.</source>
        <translation>Mit den Parametern eines früheren Laufs. Was Sie nicht ändern, bleibt, wie es damals war.</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>Probelauf</translation>
    </message>
    <message>
        <source>This connection is read-only</source>
        <translation>Diese Verbindung ist nur lesbar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save as template…</source>
        <translation>Als Vorlage speichern …</translation>
    </message>
    <message>
        <source>No key would be changed.</source>
        <translation>Kein Schlüssel würde geändert.</translation>
    </message>
    <message>
        <source>Save as a template</source>
        <translation>Als Vorlage speichern</translation>
    </message>
    <message>
        <source>The parameters as they are now, under a name of yours.</source>
        <translation>Die Parameter, wie sie jetzt sind, unter einem Namen von Ihnen.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>Name der Vorlage</translation>
    </message>
    <message numerus="yes">
        <source>Run on %1 key(s)</source>
        <translation>
            <numerusform>Auf %1 Schlüssel anwenden</numerusform>
            <numerusform>Auf %1 Schlüssel anwenden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 key(s) would be changed</source>
        <translation>
            <numerusform>%1 Schlüssel würde geändert</numerusform>
            <numerusform>%1 Schlüssel würden geändert</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkflowsPage</name>
    <message>
        <source>Workflows</source>
        <translation>Workflows</translation>
    </message>
    <message>
        <source>On %1. Every key is kept before it is changed, so a run can be rolled back.</source>
        <translation>Auf %1. Jeder Schlüssel wird vor der Änderung aufbewahrt, ein Lauf lässt sich also zurückrollen.</translation>
    </message>
    <message>
        <source>Open a connection to run one.</source>
        <translation>Öffnen Sie eine Verbindung, um einen auszuführen.</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>No connection is open</source>
        <translation>Keine Verbindung ist offen</translation>
    </message>
    <message>
        <source>Choose a connection</source>
        <translation>Verbindung wählen</translation>
    </message>
    <message>
        <source>Choose a template</source>
        <translation>Vorlage wählen</translation>
    </message>
    <message>
        <source>A dry run shows every key and what would be done to it. Nothing is changed until you run it.</source>
        <translation>Ein Probelauf zeigt jeden Schlüssel und was mit ihm geschähe. Geändert wird erst, wenn Sie ihn ausführen.</translation>
    </message>
</context>
<context>
    <name>WorkspacePage</name>
    <message>
        <source>No connection is open</source>
        <translation>Keine Verbindung ist offen</translation>
    </message>
    <message>
        <source>Choose one to browse its keys. Nothing is changed by looking.</source>
        <translation>Wählen Sie eine, um ihre Schlüssel anzusehen. Ansehen ändert nichts.</translation>
    </message>
    <message>
        <source>Choose a connection</source>
        <translation>Verbindung wählen</translation>
    </message>
</context>
<context>
    <name>alerts</name>
    <message>
        <source>An operation failed</source>
        <translation>Eine Operation schlug fehl</translation>
    </message>
    <message>
        <source>An operation was blocked by policy</source>
        <translation>Eine Operation wurde durch Richtlinien blockiert</translation>
    </message>
    <message>
        <source>An operation was slow</source>
        <translation>Eine Operation war langsam</translation>
    </message>
    <message>
        <source>A workflow did not end in success</source>
        <translation>Ein Workflow endete nicht erfolgreich</translation>
    </message>
    <message>
        <source>A connection was lost</source>
        <translation>Eine Verbindung ging verloren</translation>
    </message>
    <message>
        <source>A plugin failed</source>
        <translation>Ein Plugin ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>The event log is damaged</source>
        <translation>Das Ereignisprotokoll ist beschädigt</translation>
    </message>
    <message>
        <source>met: %1 on %2</source>
        <translation>erfüllt: %1 auf %2</translation>
    </message>
    <message>
        <source>now %1 on %2</source>
        <translation>jetzt %1 auf %2</translation>
    </message>
    <message>
        <source>error rate</source>
        <translation>Fehlerrate</translation>
    </message>
    <message>
        <source>p95 in ms</source>
        <translation>p95 in ms</translation>
    </message>
    <message>
        <source>operations</source>
        <translation>Operationen</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>blocked operations</source>
        <translation>blockierte Operationen</translation>
    </message>
    <message>
        <source>slow operations</source>
        <translation>langsame Operationen</translation>
    </message>
    <message>
        <source>reconnects</source>
        <translation>Wiederverbindungen</translation>
    </message>
    <message>
        <source>longest ping in ms</source>
        <translation>längster Ping in ms</translation>
    </message>
    <message>
        <source>commands per second</source>
        <translation>Befehle pro Sekunde</translation>
    </message>
    <message>
        <source>memory used in bytes</source>
        <translation>belegter Speicher in Byte</translation>
    </message>
    <message>
        <source>connected clients</source>
        <translation>verbundene Clients</translation>
    </message>
    <message>
        <source>hit rate</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>keys evicted</source>
        <translation>verdrängte Schlüssel</translation>
    </message>
    <message>
        <source>replication lag in ms</source>
        <translation>Replikationsverzug in ms</translation>
    </message>
    <message>
        <source>The threshold must be a number.</source>
        <translation>Die Schwelle muss eine Zahl sein.</translation>
    </message>
    <message>
        <source>The look-back must be whole minutes, 1 to 1440.</source>
        <translation>Der Rückblick muss aus ganzen Minuten bestehen, 1 bis 1440.</translation>
    </message>
    <message>
        <source>%1 %2 %3 over %4</source>
        <translation>%1 %2 %3 über %4</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
</context>
<context>
    <name>cachify::ui::AlertRulesDesk</name>
    <message>
        <source>every connection</source>
        <translation>jede Verbindung</translation>
    </message>
    <message>
        <source>a removed connection</source>
        <translation>eine entfernte Verbindung</translation>
    </message>
    <message>
        <source>every connection of %1</source>
        <translation>jede Verbindung von %1</translation>
    </message>
</context>
<context>
    <name>cachify::ui::AuditLog</name>
    <message>
        <source>removed; its digest is kept</source>
        <translation>entfernt; der Digest bleibt</translation>
    </message>
    <message>
        <source>%1 events verified in %2: every checksum, digest and link of the chain holds.</source>
        <translation>%1 Ereignisse in %2 geprüft: Jede Prüfsumme, jeder Digest und jedes Glied der Kette stimmt.</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n Problem</numerusform>
            <numerusform>%n Probleme</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cachify::ui::BulkRun</name>
    <message>
        <source>starting</source>
        <translation>beginnt</translation>
    </message>
    <message>
        <source>%1 · %2/s</source>
        <translation>%1 · %2/s</translation>
    </message>
    <message>
        <source> · %1 left</source>
        <translation> · noch %1</translation>
    </message>
    <message>
        <source>The dry run did not end: %1</source>
        <translation>Der Probelauf endete nicht: %1</translation>
    </message>
    <message>
        <source>%1: %2 in %3</source>
        <translation>%1: %2 in %3</translation>
    </message>
    <message numerus="yes">
        <source>%1 key(s) found</source>
        <translation>
            <numerusform>%1 Schlüssel gefunden</numerusform>
            <numerusform>%1 Schlüssel gefunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cachify::ui::ConnectionExchange</name>
    <message>
        <source>It needs a name.</source>
        <translation>Sie braucht einen Namen.</translation>
    </message>
    <message>
        <source>A connection of this name is here already.</source>
        <translation>Eine Verbindung dieses Namens gibt es hier schon.</translation>
    </message>
    <message>
        <source>Another one is to have this name.</source>
        <translation>Eine andere soll diesen Namen bekommen.</translation>
    </message>
</context>
<context>
    <name>cachify::ui::ConnectionForm</name>
    <message>
        <source>%1 %2, a ping takes %3</source>
        <translation>%1 %2, ein Ping dauert %3</translation>
    </message>
    <message>
        <source>%1 copy</source>
        <translation>%1 (Kopie)</translation>
    </message>
</context>
<context>
    <name>cachify::ui::ConnectionsModel</name>
    <message>
        <source>No tag</source>
        <translation>Ohne Tag</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>used just now</source>
        <translation>gerade benutzt</translation>
    </message>
    <message numerus="yes">
        <source>used %n minute(s) ago</source>
        <translation>
            <numerusform>vor %n Minute benutzt</numerusform>
            <numerusform>vor %n Minuten benutzt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>used %n hour(s) ago</source>
        <translation>
            <numerusform>vor %n Stunde benutzt</numerusform>
            <numerusform>vor %n Stunden benutzt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>used %n day(s) ago</source>
        <translation>
            <numerusform>vor %n Tag benutzt</numerusform>
            <numerusform>vor %n Tagen benutzt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cachify::ui::KeyDocument</name>
    <message>
        <source>not told by the server</source>
        <translation>vom Server nicht verraten</translation>
    </message>
    <message>
        <source>no expiry</source>
        <translation>kein Ablauf</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation>
            <numerusform>%n Element</numerusform>
            <numerusform>%n Elemente</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>(not a text any more)</source>
        <translation>(kein Text mehr)</translation>
    </message>
    <message>
        <source>the TTL must be a number of seconds</source>
        <translation>die TTL muss eine Zahl von Sekunden sein</translation>
    </message>
    <message>
        <source>TTL set to %1</source>
        <translation>TTL auf %1 gesetzt</translation>
    </message>
    <message>
        <source>TTL removed</source>
        <translation>TTL entfernt</translation>
    </message>
    <message>
        <source>Deleted %1</source>
        <translation>%1 gelöscht</translation>
    </message>
    <message>
        <source>Element added</source>
        <translation>Element hinzugefügt</translation>
    </message>
    <message>
        <source>Element changed</source>
        <translation>Element geändert</translation>
    </message>
    <message>
        <source>Element removed</source>
        <translation>Element entfernt</translation>
    </message>
    <message>
        <source>The key is what this snapshot says.</source>
        <translation>Der Schlüssel ist so, wie dieser Schnappschuss sagt.</translation>
    </message>
    <message>
        <source>Restored %1</source>
        <translation>%1 wiederhergestellt</translation>
    </message>
    <message>
        <source>%1 is larger than %2</source>
        <translation>%1 ist größer als %2</translation>
    </message>
    <message>
        <source>this key is not there any more; nothing was changed</source>
        <translation>dieser Schlüssel ist nicht mehr da; es wurde nichts geändert</translation>
    </message>
    <message>
        <source>this element is not there any more; nothing was changed</source>
        <translation>dieses Element ist nicht mehr da; es wurde nichts geändert</translation>
    </message>
    <message>
        <source>this element holds something else by now; nothing was changed</source>
        <translation>dieses Element enthält inzwischen etwas anderes; es wurde nichts geändert</translation>
    </message>
</context>
<context>
    <name>cachify::ui::KeyTreeModel</name>
    <message>
        <source>%1 more in this folder; search to see them</source>
        <translation>%1 weitere in diesem Ordner; suchen, um sie zu sehen</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
</context>
<context>
    <name>cachify::ui::Observatory</name>
    <message>
        <source>Updated %1</source>
        <translation>Stand %1</translation>
    </message>
</context>
<context>
    <name>cachify::ui::OpenKeys</name>
    <message>
        <source>Undone</source>
        <translation>Rückgängig gemacht</translation>
    </message>
    <message>
        <source>%1, on %2</source>
        <translation>%1, auf %2</translation>
    </message>
</context>
<context>
    <name>cachify::ui::Studio</name>
    <message>
        <source>success</source>
        <translation>Erfolg</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>blockiert</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>applied</source>
        <translation>angewendet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>aborted</source>
        <translation>vorzeitig beendet</translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation>gelungen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
</context>
<context>
    <name>cachify::ui::Timeline</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
</context>
<context>
    <name>cachify::ui::TrendChart</name>
    <message numerus="yes">
        <source>%n operation(s)</source>
        <translation>
            <numerusform>%n Operation</numerusform>
            <numerusform>%n Operationen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n Fehler</numerusform>
            <numerusform>%n Fehler</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: nothing</source>
        <translation>%1: nichts</translation>
    </message>
    <message>
        <source>%1: %2 operations, %3 errors, p50 %4, p95 %5</source>
        <translation>%1: %2 Operationen, %3 Fehler, p50 %4, p95 %5</translation>
    </message>
</context>
<context>
    <name>cachify::ui::WorkflowDesk</name>
    <message>
        <source>no plugin provides it</source>
        <translation>kein Plugin stellt es bereit</translation>
    </message>
</context>
<context>
    <name>cachify::ui::Workspace</name>
    <message>
        <source>%1 scanned</source>
        <translation>%1 durchsucht</translation>
    </message>
    <message>
        <source>%1 of ~%2 scanned</source>
        <translation>%1 von ~%2 durchsucht</translation>
    </message>
    <message>
        <source>The list is at its limit of %1 keys. More goes on from here, in their place; a pattern narrows it.</source>
        <translation>Die Liste ist an ihrer Grenze von %1 Schlüsseln. „Mehr“ macht von hier an ihrer Stelle weiter; ein Muster grenzt sie ein.</translation>
    </message>
</context>
<context>
    <name>health</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>ping %1</source>
        <translation>Ping %1</translation>
    </message>
    <message>
        <source>%1 ops/s</source>
        <translation>%1 Ops/s</translation>
    </message>
    <message>
        <source>hits %1</source>
        <translation>Treffer %1</translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation>Rückstand %1</translation>
    </message>
    <message>
        <source>cluster %1</source>
        <translation>Cluster %1</translation>
    </message>
    <message numerus="yes">
        <source>%n client(s)</source>
        <translation>
            <numerusform>%n Client</numerusform>
            <numerusform>%n Clients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n eviction(s)</source>
        <translation>
            <numerusform>%n Verdrängung</numerusform>
            <numerusform>%n Verdrängungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>text</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 d %2 h</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 µs</translation>
    </message>
</context>
</TS>
