import QtQuick
import QtQuick.Dialogs
import Cachify.Bridge

// Asks for the file that profiles go to or come from.
Item {
    id: files

    signal fileGiven(file: url)

    function chooseExport(): void { saving.open(); }
    function chooseImport(): void { opening.open(); }

    FileDialog {
        id: saving
        title: qsTr("Export connections")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "json"
        nameFilters: [qsTr("Connections (*.json)")]
        currentFile: "connections.json"
        onAccepted: Studio.exchange.write(selectedFile)
    }
    FileDialog {
        id: opening
        title: qsTr("Import connections")
        fileMode: FileDialog.OpenFile
        nameFilters: [qsTr("Connections (*.json)"), qsTr("All files (*)")]
        onAccepted: files.fileGiven(selectedFile)
    }
}
