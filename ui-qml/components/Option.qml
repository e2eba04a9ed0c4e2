// One of some values; `options`: [{value, text}]. `any` is the text of the empty value, where it is one.
Choice {
    id: option

    required property var options
    required property string given
    property string any: ""
    readonly property var all: listed()
    signal picked(value: string)

    function listed(): var {
        const found = Array.from(options);
        if (any !== "")
            found.unshift({ value: "", text: any });
        return found;
    }

    textRole: "text"
    valueRole: "value"
    model: all
    currentIndex: Math.max(0, all.findIndex(one => one.value === given))
    onActivated: picked(currentValue)
}
