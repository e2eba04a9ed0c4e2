import QtQuick
import QtQuick.Controls
import QtTest
import Cachify.Components

Item {
    id: stage
    width: 800
    height: 600

    AppButton { id: button; text: "Save"; hint: "Saves it" }
    AppButton { id: iconButton; y: 50; iconName: "trash"; hint: "Delete" }
    EnvironmentBadge { id: prod; environment: "prod" }
    Segments {
        id: segments
        y: 100
        options: [{ value: "a", text: "First" }, { value: "b", text: "Second" }]
        value: "a"
        onChosen: value => segments.value = value
    }
    Ask { id: question; title: "Delete?"; typed: "orders"; accept: "Delete" }
    Txt { id: label; text: "<b>bold</b>" }
    Toast { id: toast; y: 300 }
    Item {
        x: 300
        width: 60
        height: 30
        clip: true
        Icon { id: shield; name: "shield"; size: 24; color: "#ff0000"; stroke: 4 }
        Icon { id: outside; y: 60; name: "star"; size: 24; color: "#ff0000"; stroke: 4 }
    }
    SignalSpy { id: clicked; target: button; signalName: "clicked" }
    SignalSpy { id: accepted; target: question; signalName: "accepted" }
    SignalSpy { id: undone; target: toast; signalName: "triggered" }

    TestCase {
        name: "Components"
        when: windowShown

        function find(parent, name) {
            return findChild(parent, name);
        }

        function test_buttonsSayWhatTheyAre() {
            compare(button.Accessible.name, "Save");
            compare(iconButton.Accessible.name, "Delete");
            compare(button.Accessible.role, Accessible.Button);
        }
        function redIn(picture: var, y: int): int {
            let found = 0;
            for (let row = y; row < y + 24; ++row) {
                for (let at = 300; at < 324; ++at)
                    found += picture.red(at, row) > 200 && picture.green(at, row) < 90 ? 1 : 0;
            }
            return found;
        }
        function test_iconsAreDrawnAndClipped() {
            const picture = grabImage(stage);
            verify(redIn(picture, 0) > 40);
            compare(redIn(picture, 60), 0);
        }
        function test_buttonWorksByMouseAndKeyboard() {
            clicked.clear();
            mouseClick(button);
            button.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            compare(clicked.count, 2);
        }
        function test_environmentIsLabelIconAndColour() {
            compare(prod.text, "PROD");
            compare(prod.tone, "danger");
            verify(prod.iconName !== "");
        }
        function test_segmentsChoose() {
            mouseClick(segments, segments.width - 12, segments.height / 2);
            compare(segments.value, "b");
        }
        function test_prodQuestionWantsTheNameAndCancelHasFocus() {
            accepted.clear();
            question.open();
            tryCompare(question, "opened", true);
            const cancel = find(question.contentItem, "askCancel");
            const accept = find(question.contentItem, "askAccept");
            const entry = find(question.contentItem, "askTyped");
            verify(cancel.activeFocus);
            verify(!accept.enabled);
            entry.text = "order";
            verify(!accept.enabled);
            entry.text = "orders";
            verify(accept.enabled);
            mouseClick(accept);
            compare(accepted.count, 1);
            tryCompare(question, "visible", false);
        }
        function test_escapeClosesAQuestionWithoutAccepting() {
            accepted.clear();
            question.open();
            tryCompare(question, "opened", true);
            keyClick(Qt.Key_Escape);
            tryCompare(question, "visible", false);
            compare(accepted.count, 0);
        }
        function test_textOfServersIsNeverMarkup() {
            compare(label.textFormat, Text.PlainText);
        }
        function test_toastOffersUndo() {
            undone.clear();
            toast.show("Deleted a", "Undo", "success", null);
            tryCompare(toast, "opacity", 1);
            mouseClick(find(toast, "toastAction"));
            compare(undone.count, 1);
            compare(toast.shown, false);
        }
    }
}
