// No text is cut: on every page, dialog and state of the tour, in a window of 1120 × 700, with text of 100 %
// and, in every language, of 150 %. A text that shows data (Txt.isData) may be cut short with an ellipsis;
// words of ours may not, and no text may stick out of its item, of the control or panel it stands on, of the
// layout that places it, of what clips it, or of the window, nor lie on a text or a control beside it. What
// can be scrolled into sight is in sight. What an empty field says fits into it; choices are opened.

#include <gtest/gtest.h>

#include <QFontMetricsF>
#include <QPointer>
#include <QRectF>
#include <QSet>
#include <QTest>
#include <set>
#include <vector>

#include "qml/tour_walk.hpp"

namespace cachify::test {
namespace {

constexpr int kPatienceMs = 1'000;
constexpr double kFewestLines = 2;  // of what can be scrolled, with its margins
constexpr double kSlack = 1.5;      // roundings, and what a glyph leans out

bool isText(const QQuickItem& item) {
  return item.inherits("QQuickText") && !item.property("text").toString().trimmed().isEmpty();
}

bool takesInput(const QQuickItem& item) {
  return item.inherits("QQuickAbstractButton") || item.inherits("QQuickTextInput") ||
         item.inherits("QQuickComboBox");
}

/// What it says while it is empty, were it so.
bool hasRoomForItsPlaceholder(const QQuickItem& field) {
  const QFontMetricsF metrics(field.property("font").value<QFont>());
  const double room =
      field.width() - field.property("leftPadding").toDouble() - field.property("rightPadding").toDouble();
  return metrics.horizontalAdvance(field.property("placeholderText").toString()) <= room + kSlack;
}

/// A page of a ListView, ScrollView or Flickable that is longer, or wider, than what is in sight of it.
bool scrolls(const QQuickItem& item, const char* content, double room) {
  return item.inherits("QQuickFlickable") && item.property(content).toDouble() > room + kSlack;
}

/// Where its letters are, in its own coordinates.
QRectF paintedRect(const QQuickItem& text) {
  const QSizeF size(text.property("contentWidth").toDouble(), text.property("contentHeight").toDouble());
  const QRectF room(
      text.property("leftPadding").toDouble(), text.property("topPadding").toDouble(),
      text.width() - text.property("leftPadding").toDouble() - text.property("rightPadding").toDouble(),
      text.height() - text.property("topPadding").toDouble() - text.property("bottomPadding").toDouble());
  const int across = text.property("effectiveHorizontalAlignment").toInt();
  const int down = text.property("verticalAlignment").toInt();
  const double x = across == Qt::AlignHCenter ? (room.width() - size.width()) / 2
                   : across == Qt::AlignRight ? room.width() - size.width()
                                              : 0;
  const double y = down == Qt::AlignVCenter  ? (room.height() - size.height()) / 2
                   : down == Qt::AlignBottom ? room.height() - size.height()
                                             : 0;
  return {room.topLeft() + QPointF(x, y), size};
}

/// As much of a text, or of a control, as is in sight, in the window.
QRectF shownRect(const QQuickItem& item) {
  const QRectF whole = isText(item) ? paintedRect(item) : QRectF(0, 0, item.width(), item.height());
  QRectF shown = item.mapRectToScene(whole).adjusted(kSlack, kSlack, -kSlack, -kSlack);
  for (const auto* above = item.parentItem(); above != nullptr; above = above->parentItem()) {
    if (above->clip() || above->inherits("QQuickFlickable"))
      shown &= above->mapRectToScene({0, 0, above->width(), above->height()});
  }
  return shown;
}

class Page {
 public:
  explicit Page(QQuickItem& root) { collect(root); }

  /// Each text that is cut, and how.
  [[nodiscard]] QSet<QString> faults() const {
    QSet<QString> found;
    for (const auto* text : texts_) {
      if (const QString fault = faultOf(*text); !fault.isEmpty())
        found.insert('"' + text->property("text").toString().left(60) + "\" " + fault + " – " +
                     placeOf(*text));
    }
    for (const auto* area : areas_) {
      const double lines =
          shownRect(*area).height() / QFontMetricsF(area->property("font").value<QFont>()).height();
      if (lines < kFewestLines) found.insert("hardly a line is in sight of " + placeOf(*area));
    }
    for (const auto* control : controls_) {
      if (control->inherits("QQuickTextField") && !hasRoomForItsPlaceholder(*control))
        found.insert('"' + control->property("placeholderText").toString() + "\" is more than fits into " +
                     placeOf(*control));
    }
    for (const auto* text : texts_) {
      if (const auto* other = overlapOf(*text); other != nullptr)
        found.insert('"' + text->property("text").toString().left(60) + "\" lies on \"" +
                     other->property("text").toString().left(60) + "\" – " + placeOf(*text));
    }
    return found;
  }
  [[nodiscard]] std::size_t texts() const { return texts_.size(); }
  [[nodiscard]] std::vector<QPointer<QQuickItem>> choices() const {
    std::vector<QPointer<QQuickItem>> choices;
    for (auto* control : controls_) {
      if (control->inherits("QQuickComboBox") && control->isEnabled()) choices.emplace_back(control);
    }
    return choices;
  }

 private:
  void collect(QQuickItem& item) {
    if (!item.isVisible() || item.opacity() == 0) return;
    if (isText(item)) texts_.push_back(&item);
    if (takesInput(item)) controls_.push_back(&item);
    if (item.inherits("QQuickTextArea")) areas_.push_back(&item);
    const auto* list = item.parentItem() != nullptr && item.parentItem()->inherits("QQuickItemView")
                           ? item.parentItem()
                           : nullptr;
    for (auto* child : item.childItems()) {
      if (list == nullptr || isInSight(*child, *list)) collect(*child);
    }
  }

  /// A list keeps rows that are out of sight, even such as it has no more.
  static bool isInSight(const QQuickItem& row, const QQuickItem& list) {
    return QRectF(0, 0, list.width(), list.height())
        .intersects(row.mapRectToItem(&list, {0, 0, row.width(), row.height()}));
  }

  static QString faultOf(const QQuickItem& text) {
    if (text.property("truncated").toBool() && !text.property("isData").toBool()) return "is cut short";
    QRectF painted = paintedRect(text);
    const QRectF own(0, 0, text.width(), text.height());
    bool boxed = false;
    bool scrollsAcross = false;
    bool scrollsDown = false;
    const auto sticksOut = [&](const QQuickItem& of, const QRectF& room) {
      const QRectF at = text.mapRectToItem(&of, painted).adjusted(kSlack, kSlack, -kSlack, -kSlack);
      return (!scrollsAcross && (at.left() < room.left() || at.right() > room.right())) ||
             (!scrollsDown && (at.top() < room.top() || at.bottom() > room.bottom()));
    };
    if (sticksOut(text, own)) return "sticks out of its item";
    for (const auto* above = text.parentItem(); above != nullptr; above = above->parentItem()) {
      const QRectF room(0, 0, above->width(), above->height());
      scrollsAcross |= scrolls(*above, "contentWidth", room.width());
      scrollsDown |= scrolls(*above, "contentHeight", room.height());
      const bool box = above->inherits("QQuickRectangle") || above->inherits("QQuickControl");
      const bool holds = above->clip() || (box && !boxed) || above->inherits("QQuickLayout") ||
                         above->parentItem() == nullptr;
      boxed |= box;
      if (holds && sticksOut(*above, room)) return "sticks out of " + placeOf(*above);
    }
    return {};
  }

  /// What it lies on, if anything: another text, or a control that it is not the text of.
  [[nodiscard]] const QQuickItem* overlapOf(const QQuickItem& text) const {
    const QRectF mine = shownRect(text);
    for (const auto* other : texts_) {
      if (other > &text && areBeside(text, *other) && mine.intersects(shownRect(*other))) return other;
    }
    for (const auto* control : controls_) {
      if (!control->isAncestorOf(&text) && areBeside(text, *control) && mine.intersects(shownRect(*control)))
        return control;
    }
    return nullptr;
  }

  /// In the same item, or in the same row, column or grid, at any depth. What is on another layer is not.
  static bool areBeside(const QQuickItem& one, const QQuickItem& other) {
    const QQuickItem* both = one.parentItem();
    while (!both->isAncestorOf(&other)) both = both->parentItem();
    return both == one.parentItem() || both->inherits("QQuickLayout") ||
           both->inherits("QQuickBasePositioner");
  }

  std::vector<const QQuickItem*> texts_;
  std::vector<QQuickItem*> controls_;
  std::vector<const QQuickItem*> areas_;
};

class TextOfTheApp : public testing::Test {
 protected:
  void SetUp() override { app_.window().resize(1120, 700); }

  void lookAlsoIntoChoices(const QString& step) {
    look(step);
    for (const auto& choice : Page(*app_.window().contentItem()).choices()) {
      if (!choice || !opened_.insert(choice.data()).second) continue;
      auto* popup = choice->property("popup").value<QObject*>();
      QMetaObject::invokeMethod(popup, "open");
      app_.wait([&] { return popup->property("opened").toBool(); }, "the choices");
      look(step + "-choices");
      QMetaObject::invokeMethod(popup, "close");
      app_.wait([&] { return !popup->property("visible").toBool(); }, "the page without the choices");
    }
  }
  void look(const QString& step) {
    // What just came in, or grew, is laid out a frame later: a fault is what stays.
    QSet<QString> faults;
    std::size_t texts = 0;
    const bool clean = QTest::qWaitFor(
        [&] {
          const Page page(*app_.window().contentItem());
          faults = page.faults();
          texts = page.texts();
          return faults.isEmpty();
        },
        kPatienceMs);
    texts_ += texts;
    if (clean) return;
    for (const QString& fault : faults)
      ADD_FAILURE() << step.toStdString() << " at " << app_.studio().preferences()->textSize()
                    << " %: " << fault.toStdString();
  }
  AppWindow app_;
  std::size_t texts_ = 0;
  std::set<const QQuickItem*> opened_;
};

struct Look {
  const char* language;
  int percent;
};
void PrintTo(const Look& look, std::ostream* out) {
  *out << look.language << look.percent;
}
class TextOfTheAppAt : public TextOfTheApp, public testing::WithParamInterface<Look> {};

TEST_P(TextOfTheAppAt, IsNowhereCutInASmallWindow) {
  app_.studio().preferences()->setTextSize(GetParam().percent);
  app_.studio().preferences()->setLanguage(GetParam().language);
  const int steps = walkTour(
      app_, [&](const QString& step) { lookAlsoIntoChoices(step); }, Themes::light);  // colours cut nothing
  EXPECT_GT(steps, 100);
  EXPECT_GT(texts_, 1500U) << "there is something to look at";
}

// What there is to find in other languages shows in large text.
INSTANTIATE_TEST_SUITE_P(Languages, TextOfTheAppAt,
                         testing::Values(Look{"en", 100}, Look{"en", 150}, Look{"de", 150}, Look{"id", 150}),
                         testing::PrintToStringParamName());

TEST_F(TextOfTheApp, IsNowhereCutWhereItsSizeIsChangedMeanwhile) {
  walkTour(app_, [&](const QString& step) {
    // Each step comes twice, for the themes. First as the last step left the size, which is what happens to a
    // page that is hidden when the size is changed, then with the other.
    auto& preferences = *app_.studio().preferences();
    if (step.endsWith("-dark")) preferences.setTextSize(preferences.textSize() == 100 ? 150 : 100);
    look(step);
  });
}

}  // namespace
}  // namespace cachify::test
