import QtQuick
import QtQuick.Dialogs
import Cachify.Bridge
import Cachify.Components

// Asks for a file to write, and before one is replaced. Not every desktop's own dialog asks that.
Item {
    id: saving

    property alias title: dialog.title
    property alias suffix: dialog.defaultSuffix
    property alias nameFilters: dialog.nameFilters
    signal chosen(file: url)

    function open(suggestedName: string): void {
        dialog.currentFile = dialog.currentFolder + "/" + suggestedName;
        dialog.open();
    }

    FileDialog {
        id: dialog
        fileMode: FileDialog.SaveFile
        options: FileDialog.DontConfirmOverwrite // qmllint disable
        acceptLabel: qsTr("Save")
        onAccepted: {
            replace.detail = Studio.filePath(selectedFile);
            if (Studio.fileExists(selectedFile))
                replace.open();
            else
                saving.chosen(selectedFile);
        }
    }
    Ask {
        id: replace
        title: qsTr("Replace the file?")
        text: qsTr("A file of this name is there already. What is in it will be lost.")
        accept: qsTr("Replace")
        dangerous: true
        onAccepted: saving.chosen(dialog.selectedFile)
    }
}
