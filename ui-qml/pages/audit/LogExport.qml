import Cachify.Bridge
import Cachify.Pages

// Asks for the file that the event log goes to.
SaveDialog {
    title: qsTr("Export the event log")
    suffix: "jsonl"
    nameFilters: [qsTr("JSON lines (*.jsonl)")]
    onChosen: file => Studio.audit.exportTo(file)
}
