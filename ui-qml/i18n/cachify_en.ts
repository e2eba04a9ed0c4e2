<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>AlertList</name>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>once</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AlertSheet</name>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>once</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>%n attempt</numerusform>
            <numerusform>%n attempts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AlertsPage</name>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkDelete</name>
    <message numerus="yes">
        <source>Delete %1 key(s)?</source>
        <translation>
            <numerusform>Delete %1 key?</numerusform>
            <numerusform>Delete %1 keys?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %1 key(s)</source>
        <translation>
            <numerusform>Delete %1 key</numerusform>
            <numerusform>Delete %1 keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectionsPage</name>
    <message numerus="yes">
        <source>%n profile(s)</source>
        <translation>
            <numerusform>%n profile</numerusform>
            <numerusform>%n profiles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Guard</name>
    <message numerus="yes">
        <source>Discard what was changed in %n key(s)?</source>
        <translation>
            <numerusform>Discard what was changed in %n key?</numerusform>
            <numerusform>Discard what was changed in %n keys?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportSheet</name>
    <message numerus="yes">
        <source>%n of them chosen</source>
        <translation>
            <numerusform>%n of them chosen</numerusform>
            <numerusform>%n of them chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeyList</name>
    <message numerus="yes">
        <source>%n key(s) selected</source>
        <translation>
            <numerusform>%n key selected</numerusform>
            <numerusform>%n keys selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message numerus="yes">
        <source>%n connection(s) exported to %1, without their passwords</source>
        <translation>
            <numerusform>%n connection exported to %1, without its password</numerusform>
            <numerusform>%n connections exported to %1, without their passwords</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) imported</source>
        <translation>
            <numerusform>%n connection imported</numerusform>
            <numerusform>%n connections imported</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PluginsView</name>
    <message numerus="yes">
        <source>%n fault(s) in a row</source>
        <translation>
            <numerusform>%n fault in a row</numerusform>
            <numerusform>%n faults in a row</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PublishersView</name>
    <message numerus="yes">
        <source>%n alert(s) will be delivered</source>
        <translation>
            <numerusform>%n alert will be delivered</numerusform>
            <numerusform>%n alerts will be delivered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n delivered</source>
        <translation>
            <numerusform>%n delivered</numerusform>
            <numerusform>%n delivered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parked</source>
        <translation>
            <numerusform>%n parked</numerusform>
            <numerusform>%n parked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message numerus="yes">
        <source>%1 key(s)</source>
        <translation>
            <numerusform>%1 key</numerusform>
            <numerusform>%1 keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message numerus="yes">
        <source>%1, %n unread</source>
        <translation>
            <numerusform>%1, %n unread</numerusform>
            <numerusform>%1, %n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>views %n event(s) behind</source>
        <translation>
            <numerusform>views %n event behind</numerusform>
            <numerusform>views %n events behind</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message numerus="yes">
        <source>Alerts: %n unread (Ctrl+5)</source>
        <translation>
            <numerusform>Alerts: %n unread (Ctrl+5)</numerusform>
            <numerusform>Alerts: %n unread (Ctrl+5)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkflowForm</name>
    <message numerus="yes">
        <source>Run on %1 key(s)</source>
        <translation>
            <numerusform>Run on %1 key</numerusform>
            <numerusform>Run on %1 keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 key(s) would be changed</source>
        <translation>
            <numerusform>%1 key would be changed</numerusform>
            <numerusform>%1 keys would be changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cachify::ui::AuditLog</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cachify::ui::BulkRun</name>
    <message numerus="yes">
        <source>%1 key(s) found</source>
        <translation>
            <numerusform>%1 key found</numerusform>
            <numerusform>%1 keys found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cachify::ui::ConnectionsModel</name>
    <message numerus="yes">
        <source>used %n minute(s) ago</source>
        <translation>
            <numerusform>used %n minute ago</numerusform>
            <numerusform>used %n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>used %n hour(s) ago</source>
        <translation>
            <numerusform>used %n hour ago</numerusform>
            <numerusform>used %n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>used %n day(s) ago</source>
        <translation>
            <numerusform>used %n day ago</numerusform>
            <numerusform>used %n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cachify::ui::KeyDocument</name>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation>
            <numerusform>%n element</numerusform>
            <numerusform>%n elements</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cachify::ui::TrendChart</name>
    <message numerus="yes">
        <source>%n operation(s)</source>
        <translation>
            <numerusform>%n operation</numerusform>
            <numerusform>%n operations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>health</name>
    <message numerus="yes">
        <source>%n client(s)</source>
        <translation>
            <numerusform>%n client</numerusform>
            <numerusform>%n clients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n eviction(s)</source>
        <translation>
            <numerusform>%n eviction</numerusform>
            <numerusform>%n evictions</numerusform>
        </translation>
    </message>
</context>
</TS>
