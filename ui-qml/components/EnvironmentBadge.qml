import Cachify.Theme

Badge {
    required property string environment

    text: environment === "prod" ? qsTr("PROD") : environment === "staging" ? qsTr("STAGING") : qsTr("DEV")
    tone: Theme.environmentTone(environment)
    iconName: environment === "prod" ? "shield" : environment === "staging" ? "flask" : "leaf"
}
