import QtQuick
import Cachify.Bridge
import Cachify.Components
import Cachify.Pages

// The way through every page, dialog and state, for `--capture`: each step does something and says when it is
// done. Each is shown in both themes.
QtObject {
    id: tour

    required property var shell // Main; naming its type would be a cycle
    required property WorkspacePage workspacePage
    required property WorkflowsPage workflowsPage
    required property ObservabilityPage observabilityPage
    required property AlertsPage alertsPage
    required property SettingsPage settingsPage
    required property Guard guard
    required property ConnectionEditor editor
    required property ImportSheet importSheet
    required property CommandPalette palette
    required property ShortcutSheet shortcuts
    required property Toast toast

    property string theme: "dark"
    property string language: ""
    property int at: -1
    readonly property KeyDocument document: Studio.workspace.document

    function row(name: string): int { return Studio.workspace.keys.rowOf(name); }
    function openKey(name: string): void { document.openName(name); }
    function isOpen(name: string): bool { return document.exists && !document.loading && document.name === name; }

    readonly property var steps: [
        { name: "welcome", run: () => {}, ready: () => Studio.state === "ready" && Studio.connections.loaded },
        { name: "observability-empty", run: () => shell.go("observability"), ready: () => observatory.loaded },
        { name: "alerts-empty", run: () => shell.go("alerts"), ready: () => Studio.alerts.loaded },
        { name: "rules-empty", run: () => { alertsPage.tab = "rules"; }, ready: () => Studio.alerts.rules.loaded },
        { name: "connection-new", run: () => { alertsPage.tab = "alerts"; shell.go("connections"); shell.newConnection(); Studio.form.paste("rediss://app@cache.example.org:6380/2"); Studio.form.set("environment", "prod"); }, ready: () => editor.opened },
        { name: "connection-error", run: () => { Studio.form.set("port", "70000"); Studio.form.save(); }, ready: () => Studio.form.error.present },
        { name: "connections", run: () => { editor.close(); toast.shown = false; shell.go("connections"); if (!Studio.sandboxRunning) Studio.startSandbox(); }, ready: () => Studio.connections.total >= 2 && prepared() },
        { name: "connections-import", run: () => Studio.exchange.write(exportedFile), ready: () => importing() },
        { name: "connections-none", run: () => { importSheet.close(); Studio.connections.filter = "nowhere"; }, ready: () => Studio.connections.count === 0 },
        { name: "connection-secret", run: () => { Studio.connections.filter = ""; toast.shown = false; shell.editConnection(Studio.connections.idOf("billing-staging")); }, ready: () => editor.opened && Studio.form.hasSecret },
        { name: "connection-test", run: () => { toast.shown = false; shell.editConnection(Studio.connections.idOf("sandbox-redis")); Studio.form.test(); }, ready: () => !Studio.form.busy && Studio.form.verdict !== "" },
        { name: "workspace-none", run: () => { editor.close(); Studio.workspace.close(); shell.go("workspace"); }, ready: () => !Studio.workspace.active },
        { name: "workspace", run: () => shell.openConnection(Studio.connections.idOf("sandbox-redis")), ready: () => !Studio.workspace.scanning && Studio.workspace.keys.count > 100 && Studio.workspace.latency !== "" },
        { name: "key-tree", run: () => { Studio.workspace.tree.active = true; for (const name of ["page:", "user:"]) { for (let row = 0; row < Studio.workspace.tree.count; ++row) { if (Studio.workspace.tree.data(Studio.workspace.tree.index(row, 0), 257) === name) Studio.workspace.tree.toggle(row); } } openKey("user:7"); }, ready: () => Studio.workspace.tree.count > 20 && isOpen("user:7") },
        { name: "key-tabs", run: () => { Studio.workspace.tree.active = false; Studio.workspace.openKeys.pin(); Studio.workspace.openKeys.openName("user:8"); Studio.workspace.openKeys.pin(); Studio.workspace.openKeys.openName("orders"); }, ready: () => isOpen("orders") && Studio.workspace.openKeys.tabs.count === 3 },
        { name: "key-json", run: () => openKey("config:feature-flags"), ready: () => isOpen("config:feature-flags") },
        { name: "key-edit", run: () => { workspacePage.editing = true; document.draft = document.draft.replace("true", "false"); }, ready: () => document.dirty },
        { name: "key-conflict", run: () => { Studio.workspace.openKeys.pin(); Studio.workspace.openKeys.openName("queue:mail"); openKey("config:feature-flags"); }, ready: () => conflicting() },
        { name: "key-parts", run: () => { document.discard(); document.draft = "a line of a long text\n".repeat(5000); }, ready: () => document.parts > 2 && !document.inConflict },
        { name: "key-file", run: () => { document.discard(); document.takeFile(exportedFile); }, ready: () => document.fileName !== "" },
        { name: "key-ttl", run: () => { workspacePage.editing = false; document.discard(); workspacePage.ttlDialog.open(); }, ready: () => workspacePage.ttlDialog.opened },
        { name: "key-hash", run: () => { workspacePage.ttlDialog.close(); openKey("user:42"); }, ready: () => isOpen("user:42") },
        { name: "key-element", run: () => workspacePage.changeElement(0), ready: () => workspacePage.elementDialog.opened },
        { name: "key-list", run: () => { workspacePage.elementDialog.close(); openKey("queue:mail"); }, ready: () => isOpen("queue:mail") },
        { name: "key-zset", run: () => openKey("leaderboard:week"), ready: () => isOpen("leaderboard:week") },
        { name: "key-masked", run: () => { shell.masked = true; openKey("session:7"); }, ready: () => isOpen("session:7") },
        { name: "key-gone", run: () => { shell.masked = false; openKey("session:none"); }, ready: () => !document.loading && !document.exists },
        { name: "history", run: () => { openKey("counter:visits"); shell.openHistory(); }, ready: () => document.history.count > 0 && isOpen("counter:visits") },
        { name: "history-diff", run: () => { workspacePage.history.chosen = document.history.get(0)["snapshotId"]; document.showDiff(workspacePage.history.chosen); }, ready: () => document.diffNote !== "" },
        { name: "new-key", run: () => { workspacePage.history.close(); workspacePage.newKeyDialog.open(); }, ready: () => workspacePage.newKeyDialog.opened },
        { name: "selection", run: () => { workspacePage.newKeyDialog.close(); for (let i = 2; i < 7; ++i) Studio.workspace.keys.toggle(i); }, ready: () => Studio.workspace.keys.selectedCount === 5 },
        { name: "bulk-delete", run: () => workspacePage.bulkDelete.begin(), ready: () => Studio.workspace.bulk.plan.steps.count === 5 && !Studio.workspace.bulk.running },
        { name: "toast", run: () => { workspacePage.bulkDelete.close(); Studio.workspace.keys.clearSelection(); shell.notify(qsTr("Saved counter:visits"), qsTr("Undo"), "success"); }, ready: () => toast.shown },
        { name: "palette", run: () => { toast.shown = false; shell.openPalette(""); }, ready: () => palette.opened },
        { name: "shortcuts", run: () => { palette.close(); shell.openShortcuts(); }, ready: () => shortcuts.opened },
        { name: "workflows", run: () => { shortcuts.close(); shell.go("workflows"); workflowsPage.tab = "run"; }, ready: () => Studio.workflows.templates.count > 0 },
        { name: "workflow-plan", run: () => { Studio.workflows.choose(0); Studio.workflows.setField(0, "session:1*"); Studio.workflows.dryRun(); }, ready: () => Studio.workflows.run.plan.steps.count > 0 && !Studio.workflows.run.running },
        { name: "workflow-history", run: () => { workflowsPage.tab = "history"; }, ready: () => Studio.workflows.history.count > 0 },
        { name: "workflow-details", run: () => workflowsPage.details.show(Studio.workflows.history.text(0, "executionId")), ready: () => workflowsPage.details.opened },
        { name: "audit", run: () => { workflowsPage.details.close(); shell.go("audit"); }, ready: () => Studio.audit.events.count > 0 && !Studio.audit.loading },
        { name: "audit-verified", run: () => Studio.audit.verify(), ready: () => Studio.audit.verdict !== "" },
        { name: "settings", run: () => shell.go("settings"), ready: () => Studio.plugins.loaded },
        { name: "settings-plugin", run: () => settingsPage.pluginSheet.show(0), ready: () => settingsPage.pluginSheet.opened },
        { name: "settings-language", run: () => { settingsPage.pluginSheet.close(); language = Studio.preferences.language; Studio.preferences.language = language === "de" ? "en" : "de"; }, ready: () => shell.title !== "" },
        { name: "prod", run: () => { Studio.preferences.language = language; shell.openConnection(Studio.connections.idOf("orders-prod")); }, ready: () => !Studio.workspace.scanning && Studio.workspace.keys.count > 100 && Studio.workspace.latency !== "" },
        { name: "prod-bulk-delete", run: () => { for (let i = 2; i < 9; ++i) Studio.workspace.keys.toggle(i); workspacePage.bulkDelete.begin(); }, ready: () => Studio.workspace.bulk.plan.steps.count === 7 && !Studio.workspace.bulk.running },
        { name: "prod-delete", run: () => { workspacePage.bulkDelete.close(); Studio.workspace.keys.clearSelection(); openKey("user:42"); guard.ask(qsTr("Delete this key?"), "user:42", qsTr("Delete"), true, () => {}); }, ready: () => guard.opened && isOpen("user:42") },
        { name: "unreachable", run: () => { guard.close(); shell.openConnection(Studio.connections.idOf("billing-staging")); }, ready: () => Studio.workspace.error.present },
        { name: "observability", run: () => { shell.go("observability"); observatory.period = "15m"; }, ready: () => !observatory.loading && !observatory.trend.empty && observatory.health.count >= 4 && sampled() },
        { name: "observability-environments", run: () => { observabilityPage.heatBy = "environment"; }, ready: () => observatory.environments.count > 0 },
        { name: "observability-one", run: () => { observabilityPage.heatBy = "time"; observatory.connectionId = Studio.connections.idOf("orders-prod"); }, ready: () => !observatory.loading && observatory.health.count === 1 },
        { name: "observability-period", run: () => { observatory.connectionId = ""; observatory.setCustom("2026-01-31", "2026-02-30"); }, ready: () => observatory.periodError.present && observatory.health.count > 1 },
        { name: "timeline", run: () => { observatory.period = "15m"; observabilityPage.tab = "timeline"; }, ready: () => !observatory.timeline.loading && observatory.timeline.rows.count > 20 },
        { name: "timeline-cell", run: () => behindErrors(), ready: () => !observatory.timeline.loading && observatory.timeline.rangeText !== "" && observatory.timeline.rows.count > 0 },
        { name: "timeline-event", run: () => observabilityPage.sheet.show(observatory.timeline.rows.get(0)["position"]), ready: () => observabilityPage.sheet.opened && Studio.audit.inspected["position"] === observatory.timeline.rows.get(0)["position"] },
        { name: "timeline-none", run: () => { observabilityPage.sheet.close(); observatory.timeline.setFilter("text", "nowhere"); }, ready: () => !observatory.timeline.loading && observatory.timeline.rows.count === 0 },
        { name: "timeline-error", run: () => observatory.timeline.setFilter("text", "***"), ready: () => observatory.timeline.textError.present },
        { name: "slow", run: () => { observatory.timeline.clearFilters(); observabilityPage.tab = "slow"; }, ready: () => observatory.slow.loaded && !observatory.slow.loading },
        { name: "alerts", run: () => { observabilityPage.tab = "overview"; shell.go("alerts"); }, ready: () => Studio.alerts.list.count > 0 && !Studio.alerts.loading },
        { name: "alert-open", run: () => alertsPage.alertSheet.show(Studio.alerts.list.get(0)["alertId"]), ready: () => alertsPage.alertSheet.opened && alertsPage.alertSheet.alertId !== "" },
        { name: "alerts-none", run: () => { alertsPage.alertSheet.close(); Studio.alerts.setFilter("source", "plugin"); }, ready: () => !Studio.alerts.loading && Studio.alerts.list.count === 0 },
        { name: "rule-error", run: () => { Studio.alerts.clearFilters(); alertsPage.tab = "rules"; newRule("Errors in production", "2"); }, ready: () => alertsPage.ruleSheet.opened && Studio.alerts.rules.formError.present },
        { name: "rules", run: () => { Studio.alerts.rules.set("threshold", "0.2"); Studio.alerts.rules.save(); }, ready: () => !alertsPage.ruleSheet.opened && Studio.alerts.rules.rules.count > 0 },
        { name: "publishers", run: () => { alertsPage.tab = "publishers"; }, ready: () => Studio.alerts.publishers.list.count > 0 },
        { name: "publisher-error", run: () => editWebhook("ftp://alerts.example.org"), ready: () => alertsPage.publisherSheet.opened && Studio.alerts.publishers.formError.present },
        { name: "publisher-tested", run: () => editWebhook("http://127.0.0.1:9/alerts"), ready: () => webhookTested() },
        { name: "alerts-read", run: () => { alertsPage.tab = "alerts"; Studio.alerts.markAllRead(); }, ready: () => Studio.alerts.unread === 0 }
    ]

    property int takingPart: 0
    // Two documents of one key: the second is faster.
    function conflicting(): bool {
        if (takingPart === 0 && isOpen("config:feature-flags") && !document.dirty) {
            takingPart = 1;
            document.draft = document.draft.replace("{", "{\"beta\": false, ");
            document.save(true, false, "");
        } else if (takingPart === 1 && !document.saving && !document.loading) {
            takingPart = 2;
            Studio.workspace.openKeys.closeCurrent();
            toast.shown = false;
            document.save(true, false, "");
        }
        return takingPart === 2 && document.inConflict;
    }
    readonly property url exportedFile: "file://" + Studio.dataDirectory + "/connections.json"
    // Once the file is written; one of what is here already comes in under another name.
    function importing(): bool {
        const exchange = Studio.exchange;
        if (!importSheet.opened)
            importSheet.show(exportedFile);
        else if (exchange.error.present && !exchange.busy)
            exchange.read(exportedFile);
        else if (exchange.list.count > 0 && exchange.chosen === 0) {
            exchange.take(0, true);
            exchange.take(1, true);
            exchange.rename(1, "copy of " + exchange.list.get(1)["original"]);
        }
        return exchange.chosen === 2;
    }
    readonly property Observatory observatory: Studio.observatory
    function sampled(): bool {
        for (let row = 0; row < observatory.health.count; ++row) {
            if (observatory.health.get(row)["server"] !== "")
                return true;
        }
        return false;
    }
    // As a click on the first place of the heatmap with errors.
    function behindErrors(): void {
        for (let row = 0; row < observatory.heat.count; ++row) {
            const one = observatory.heat.get(row);
            const place = one["cells"].find(cell => cell["errors"] > 0);
            if (place)
                return observabilityPage.showEvents(one["connectionId"], one["environment"], "error", place["fromMs"], place["toMs"]);
        }
    }
    function newRule(name: string, threshold: string): void {
        Studio.alerts.rules.startNew();
        Studio.alerts.rules.set("name", name);
        Studio.alerts.rules.set("threshold", threshold);
        Studio.alerts.rules.set("environment", "prod");
        alertsPage.ruleSheet.open();
        Studio.alerts.rules.save();
    }
    function editWebhook(address: string): void {
        const publishers = Studio.alerts.publishers;
        publishers.startEdit("webhook");
        for (let row = 0; row < publishers.fields.count; ++row) {
            if (publishers.fields.get(row)["name"] === "url")
                publishers.setField(row, address);
        }
        alertsPage.publisherSheet.open();
        publishers.save();
    }
    property bool testing: false
    function webhookTested(): bool {
        if (!testing && !alertsPage.publisherSheet.opened) {
            testing = true;
            alertsPage.publishersView.test("webhook");
        }
        const outcome = alertsPage.publishersView.outcomes["webhook"];
        return outcome ? outcome.tone === "danger" : false;
    }

    property bool changing: false
    // More profiles than the sandbox's, and a key with a history.
    function prepared(): bool {
        if (Studio.connections.idOf("orders-prod") === "") {
            if (!Studio.form.busy)
                addProfile("orders-prod", "prod", "");
            return false;
        }
        if (Studio.connections.idOf("billing-staging") === "") {
            if (!Studio.form.busy)
                addProfile("billing-staging", "staging", "1");
            return false;
        }
        if (!changing) {
            changing = true;
            Studio.workspace.open(Studio.connections.idOf("sandbox-redis"));
            openKey("counter:visits");
            return false;
        }
        if (document.history.count > 0)
            return true;
        if (isOpen("counter:visits") && !document.saving && document.editable) {
            if (document.draft === "184231") {
                document.draft = "184232";
                document.save(true, false, "");
            } else {
                document.loadHistory();
            }
        }
        return false;
    }
    function addProfile(name: string, environment: string, port: string): void {
        Studio.form.startEdit(Studio.connections.idOf("sandbox-redis"));
        const values = Studio.form.values;
        const value = name => values[name];
        Studio.form.startNew();
        Studio.form.set("host", value("host"));
        Studio.form.set("port", port !== "" ? port : value("port"));
        Studio.form.set("name", name);
        Studio.form.set("environment", environment);
        Studio.form.set("tags", environment === "prod" ? "orders, eu" : "billing");
        if (environment === "staging")
            Studio.form.set("password", "of the sandbox");
        Studio.form.set("timeoutMs", "2000");
        Studio.form.set("slowOpThresholdMs", "1");
        Studio.form.save();
    }

    // The name of the next picture; empty at the end.
    function next(): string {
        theme = theme === "light" ? "dark" : "light";
        if (theme === "light" && ++at < steps.length)
            steps[at].run();
        return at < steps.length ? steps[at].name + "-" + theme : "";
    }
    function isReady(): bool { return steps[at].ready(); }
}
