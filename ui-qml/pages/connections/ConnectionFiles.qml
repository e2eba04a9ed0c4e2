import QtQuick
import QtQuick.Dialogs
import Cachify.Bridge
import Cachify.Pages

// Asks for the file that profiles go to or come from.
Item {
    id: files

    signal fileGiven(file: url)

    function chooseExport(): void { saving.open("connections.json"); }
    function chooseImport(): void { opening.open(); }

    SaveDialog {
        id: saving
        title: qsTr("Export connections")
        suffix: "json"
        nameFilters: [qsTr("Connections (*.json)")]
        onChosen: file => Studio.exchange.write(file)
    }
    FileDialog {
        id: opening
        title: qsTr("Import connections")
        fileMode: FileDialog.OpenFile
        nameFilters: [qsTr("Connections (*.json)"), qsTr("All files (*)")]
        onAccepted: files.fileGiven(selectedFile)
    }
}
