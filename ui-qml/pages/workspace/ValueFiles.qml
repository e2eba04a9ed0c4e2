import QtQuick
import QtQuick.Dialogs
import Cachify.Bridge

// Asks for the file that a value goes to or comes from.
Item {
    id: files

    property KeyDocument document: null

    function chooseSource(of: KeyDocument): void {
        document = of;
        opening.open();
    }
    function chooseTarget(of: KeyDocument): void {
        document = of;
        saving.open();
    }

    FileDialog {
        id: opening
        title: qsTr("Replace the value by a file")
        fileMode: FileDialog.OpenFile
        onAccepted: files.document?.takeFile(selectedFile)
    }
    FileDialog {
        id: saving
        title: qsTr("Write the value to a file")
        fileMode: FileDialog.SaveFile
        onAccepted: files.document?.writeFile(selectedFile)
    }
}
