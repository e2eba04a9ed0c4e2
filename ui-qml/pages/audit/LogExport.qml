import QtQuick
import QtQuick.Dialogs
import Cachify.Bridge

// Asks for the file that the event log goes to.
FileDialog {
    title: qsTr("Export the event log")
    fileMode: FileDialog.SaveFile
    defaultSuffix: "jsonl"
    nameFilters: [qsTr("JSON lines (*.jsonl)")]
    currentFile: "events.jsonl"
    onAccepted: Studio.audit.exportTo(selectedFile)
}
