import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages
import Cachify.Theme

ApplicationWindow {
    id: window

    property string givenUrl: ""
    property bool wantsSandbox: false
    property bool touring: false
    property string page: "connections"
    property bool masked: false
    property string undoableOn: "" // the connection that changes were made on
    readonly property bool onProd: Studio.workspace.active && Studio.workspace.environment === "prod"
    readonly property bool welcoming: Studio.state === "ready" && Studio.connections.loaded && Studio.connections.total === 0 && page !== "settings" && page !== "audit" && page !== "observability" && page !== "alerts"
    property alias tourist: tour

    width: 1360
    height: 860
    minimumWidth: Math.min(Theme.scaled(960), 1120)
    minimumHeight: Math.min(Theme.scaled(600), 700)
    visible: true
    title: Studio.workspace.active ? qsTr("%1 – Cachify Studio").arg(Studio.workspace.name) : qsTr("Cachify Studio")
    color: Theme.background
    font.family: Theme.sans
    font.pixelSize: Theme.body
    palette {
        window: Theme.background
        windowText: Theme.text
        base: Theme.surface
        alternateBase: Theme.surface2
        text: Theme.text
        button: Theme.surface
        buttonText: Theme.text
        highlight: Theme.accent
        highlightedText: Theme.accentInk
        placeholderText: Theme.muted
        mid: Theme.border
        dark: Theme.border
        light: Theme.surface
        toolTipBase: Theme.surface
        toolTipText: Theme.text
    }

    // The page in sight is made at once, the others after the first frame, bit by bit between the next ones.
    property bool settled: false
    onFrameSwapped: settled = true

    Binding { target: Theme; property: "mode"; value: window.touring ? tour.theme : Studio.preferences.theme }
    Binding { target: Theme; property: "density"; value: Studio.preferences.density }
    Binding { target: Theme; property: "textScale"; value: Studio.preferences.textSize / 100 }
    Binding { target: Theme; property: "reducedMotion"; value: window.touring || Studio.preferences.reducedMotion }

    function stackIndex(): int {
        if (Studio.state === "failed")
            return 5;
        if (welcoming)
            return 0;
        switch (page) {
        case "workspace": return 2;
        case "workflows": return 3;
        case "audit": return 4;
        case "settings": return 6;
        case "observability": return 7;
        case "alerts": return 8;
        }
        return 1;
    }
    function go(name: string): void {
        page = name;
        Studio.preferences.page = name;
    }
    function openConnection(id: string): void {
        leaveFor(id, () => {
            Studio.workspace.open(id);
            go("workspace");
        });
    }
    function openKey(connection: string, key: string): void {
        leaveFor(connection, () => {
            Studio.recentKeys.open(connection, key);
            go("workspace");
        });
    }
    // With the connection that is open its keys go.
    function leaveFor(connection: string, then: var): void {
        ladder.askToDiscard(connection === Studio.workspace.connectionId ? 0 : Studio.workspace.openKeys.unsaved(), "", then);
    }
    function openPalette(scope: string): void {
        palette_.scope = scope;
        palette_.open();
    }
    function openShortcuts(): void { shortcuts.open(); }
    function toggleTheme(): void { Studio.preferences.theme = Theme.dark ? "light" : "dark"; }
    function newConnection(): void {
        Studio.form.startNew();
        editor.open();
    }
    function editConnection(id: string): void {
        Studio.form.startEdit(id);
        editor.open();
    }
    function exportConnections(): void { connectionFiles().chooseExport(); }
    function importConnections(): void { connectionFiles().chooseImport(); }
    function showImport(file: url): void { importSheet.show(file); }
    function connectionFiles(): ConnectionFiles {
        files.active = true;
        return files.item as ConnectionFiles;
    }
    function exportLog(): void {
        logFile.active = true;
        (logFile.item as LogExport).open("events.jsonl");
    }
    function pasteUrl(url: string): void {
        if (Studio.form.understands(url))
            editor.paste(url);
        else if (!editor.opened)
            notify(Studio.form.error.message, "", "warning");
    }
    function refresh(): void {
        if (page === "audit")
            Studio.audit.load();
        else if (page === "observability")
            Studio.observatory.load();
        else if (page === "alerts")
            Studio.alerts.load();
        else if (page === "workspace")
            Studio.workspace.scan();
        else if (page === "workflows")
            Studio.workflows.load();
        else
            Studio.connections.reload();
    }
    function find(): void {
        go("workspace");
        workspace()?.focusSearch();
    }
    function newKey(): void {
        go("workspace");
        workspace()?.newKey();
    }
    function save(): void { workspace()?.save(); }
    function closeKey(): void { workspace()?.closeKey(); }
    function openHistory(): void { workspace()?.openHistory(); }
    function workspace(): WorkspacePage { return workspacePage.item as WorkspacePage; }
    function showEvent(event: string): void {
        go("audit");
        (auditPage.item as AuditPage)?.show(event);
    }
    function notify(text: string, action: string, tone: string): void { toast.show(text, action, tone, null); }

    function raiseWith(url: string): void {
        if (visibility === Window.Minimized)
            show();
        raise();
        requestActivate();
        if (url !== "")
            pasteUrl(url);
    }

    onClosing: close => {
        close.accepted = leaving.mayClose();
        if (close.accepted && !touring)
            place.keep();
    }
    Component.onCompleted: {
        if (!touring)
            place.restore();
        page = touring ? "connections" : Studio.preferences.page;
        if (givenUrl !== "")
            pasteUrl(givenUrl);
        if (wantsSandbox)
            Studio.startSandbox();
    }

    Connections {
        target: Studio
        function onSandboxReady(redisId: string): void { if (!window.touring) window.openConnection(redisId); }
        function onFailed(error: studioError): void {
            leaving.waiting = false;
            window.notify(error.message, "", "warning");
        }
    }
    Connections {
        target: Studio.audit
        function onExported(lines: string, fileName: string): void { window.notify(qsTr("%1 lines of the log exported to %2").arg(lines).arg(fileName), "", "success"); }
    }
    Connections {
        target: Studio.exchange
        function onExported(count: int, fileName: string): void { window.notify(qsTr("%n connection(s) exported to %1, without their passwords", "", count).arg(fileName), "", "success"); }
        function onImported(count: int, lacking: list<string>): void {
            const done = qsTr("%n connection(s) imported", "", count);
            window.notify(lacking.length > 0 ? qsTr("%1; passwords are needed for %2").arg(done).arg(lacking.join(", ")) : done, "", lacking.length > 0 ? "warning" : "success");
        }
    }
    Connections {
        target: Studio.plugins
        function onTrusted(name: string): void { window.notify(qsTr("%1 is trusted").arg(name), "", "success"); }
        function onRevoked(name: string): void { window.notify(qsTr("%1 is not trusted any more").arg(name), "", "success"); }
    }
    Connections {
        target: Studio.form
        function onSaved(): void { editor.close(); }
        function onFailed(error: studioError): void { window.notify(error.message, "", "warning"); }
    }
    Connections {
        target: Studio.workspace
        function onCreated(): void { leaving.landed = true; }
        function onNotCreated(): void { leaving.waiting = false; }
        // What it offers to undo was elsewhere.
        function onConnectionChanged(): void {
            if (Studio.workspace.connectionId !== window.undoableOn && toast.actionText !== "")
                toast.shown = false;
            window.undoableOn = Studio.workspace.connectionId;
        }
    }
    Connections {
        target: Studio.workspace.bulk
        function onEnded(executionId: string, clean: bool, undoable: bool): void {
            const bulk = Studio.workspace.bulk;
            const undo = () => ladder.ask(qsTr("Bring these keys back?"), bulk.outcome, qsTr("Roll back"), true, confirmation => bulk.rollBack(executionId, confirmation));
            const undoneHere = undoable && bulk.isHere();
            const told = undoable && !undoneHere ? qsTr("%1. Workflows › History can bring these keys back.").arg(bulk.outcome) : bulk.outcome;
            toast.show(told, undoneHere ? qsTr("Undo") : "", clean ? "success" : "warning", undoneHere ? undo : null);
        }
        function onProgressChanged(): void {
            const bulk = Studio.workspace.bulk;
            if (bulk.error.present && !bulk.running && !window.workspace()?.asking)
                window.notify(bulk.error.message, "", "warning");
        }
    }
    Connections {
        target: Studio.workspace.openKeys
        function onHasNoWayBack(refusal: int, name: string): void {
            leaving.waiting = false;
            if (ladder.visible)
                window.notify(qsTr("%1 was not changed: there would be no way back").arg(name), "", "warning");
            else
                ladder.askWithoutUndo(name, () => Studio.workspace.openKeys.goOn(refusal));
        }
        function onWritten(fileName: string): void {
            leaving.landed = true;
            window.notify(qsTr("The value is in %1").arg(fileName), "", "success");
        }
        function onDone(message: string, undoable: bool, undoneHere: bool): void {
            leaving.landed = true;
            window.notify(undoable ? message : qsTr("%1 – no way back").arg(message), undoable && undoneHere ? qsTr("Undo") : "", undoable ? "success" : "warning");
        }
    }

    Actions { id: actions; shell: window }
    Guard { id: ladder }
    WindowPlace { id: place; window: window }
    Leaving { id: leaving; shell: window; guard: ladder }
    ConnectionEditor { id: editor; guard: ladder }
    ImportSheet { id: importSheet }
    // Only when somebody asks: file dialogs cost time and memory.
    Loader {
        id: files
        active: false
        // qmllint disable unqualified
        sourceComponent: ConnectionFiles { onFileGiven: file => window.showImport(file) }
        // qmllint enable unqualified
    }
    Loader {
        id: logFile
        active: false
        sourceComponent: LogExport { }
    }
    ShortcutSheet { id: shortcuts; actions: actions }
    CommandPalette {
        id: palette_
        actions: actions
        onConnectionChosen: id => window.openConnection(id)
        onKeyChosen: (id, key) => window.openKey(id, key)
    }
    Tour {
        id: tour
        objectName: "tour"
        shell: window
        workspacePage: workspacePage.item as WorkspacePage
        workflowsPage: workflowsPage.item as WorkflowsPage
        observabilityPage: observabilityPage.item as ObservabilityPage
        alertsPage: alertsPage.item as AlertsPage
        settingsPage: settingsPage.item as SettingsPage
        guard: ladder
        editor: editor
        importSheet: importSheet
        palette: palette_
        shortcuts: shortcuts
        toast: toast
    }

    RowLayout {
        anchors.fill: parent
        spacing: 0

        Rail {
            Layout.fillHeight: true
            page: window.page
            narrow: window.width < Theme.scaled(900)
            unread: Studio.alerts.unread
            onChosen: page => window.go(page)
        }
        ColumnLayout {
            spacing: 0
            TopBar {
                Layout.fillWidth: true
                masked: window.masked
                onPaletteWanted: scope => window.openPalette(scope)
                onMaskToggled: window.masked = !window.masked
                onAlertsWanted: window.go("alerts")
            }
            StackLayout {
                id: pages
                // Qt 6.4 cannot make bound components in a Loader.
                // qmllint disable unqualified
                Layout.fillWidth: true
                Layout.fillHeight: true
                currentIndex: window.stackIndex()

                Loader { asynchronous: pages.currentIndex !== 0; active: !asynchronous || window.settled; sourceComponent: WelcomePage {
                    onAddWanted: window.newConnection()
                    onImportWanted: window.importConnections()
                    onUrlGiven: url => window.pasteUrl(url)
                } }
                Loader { asynchronous: pages.currentIndex !== 1; active: !asynchronous || window.settled; sourceComponent: ConnectionsPage {
                    guard: ladder
                    onOpenWanted: id => window.openConnection(id)
                    onEditWanted: id => window.editConnection(id)
                    onAddWanted: window.newConnection()
                    onImportWanted: window.importConnections()
                    onExportWanted: window.exportConnections()
                } }
                Loader { id: workspacePage; asynchronous: pages.currentIndex !== 2; active: !asynchronous || window.settled; sourceComponent: WorkspacePage {
                    guard: ladder
                    masked: window.masked
                    onConnectionsWanted: window.go("connections")
                    onEditWanted: window.editConnection(Studio.workspace.connectionId)
                } }
                Loader { id: workflowsPage; asynchronous: pages.currentIndex !== 3; active: !asynchronous || window.settled; sourceComponent: WorkflowsPage {
                    guard: ladder
                    onConnectionsWanted: window.go("connections")
                } }
                Loader { id: auditPage; asynchronous: pages.currentIndex !== 4; active: !asynchronous || window.settled; sourceComponent: AuditPage { onExportWanted: window.exportLog() } }
                EmptyState {
                    iconName: "warning"
                    tone: "danger"
                    title: qsTr("The event log could not be opened")
                    detail: Studio.error.message
                    AppButton { text: qsTr("Try again"); kind: "primary"; onClicked: Studio.retry() }
                }
                Loader { id: settingsPage; asynchronous: pages.currentIndex !== 6; active: !asynchronous || window.settled; sourceComponent: SettingsPage { } }
                Loader { id: observabilityPage; asynchronous: pages.currentIndex !== 7; active: !asynchronous || window.settled; sourceComponent: ObservabilityPage { onConnectionsWanted: window.go("connections") } }
                Loader { id: alertsPage; asynchronous: pages.currentIndex !== 8; active: !asynchronous || window.settled; sourceComponent: AlertsPage { onCauseWanted: event => window.showEvent(event) } }
                // qmllint enable unqualified
            }
            StatusBar { Layout.fillWidth: true }
        }
    }

    // On production a red hairline runs round the whole window.
    Rectangle {
        visible: window.onProd
        anchors.fill: parent
        color: "transparent"
        border.width: 2
        border.color: Theme.danger
        z: 10
    }
    Toast {
        id: toast
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.scaled(28) + 16
        z: 20
        onTriggered: ladder.ask(qsTr("Undo the last change?"), "", qsTr("Undo"), true, confirmation => Studio.workspace.openKeys.undoLast(confirmation))
    }
}
