import QtQuick
import QtQuick.Dialogs
import Cachify.Bridge
import Cachify.Pages

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
        saving.open(of.name.replace(/[^\w.-]+/g, "_").replace(/^\.+/, "").slice(-80) || "value");
    }

    FileDialog {
        id: opening
        title: qsTr("Replace the value by a file")
        fileMode: FileDialog.OpenFile
        onAccepted: files.document?.takeFile(selectedFile)
    }
    SaveDialog {
        id: saving
        title: qsTr("Write the value to a file")
        onChosen: file => files.document?.writeFile(file)
    }
}
