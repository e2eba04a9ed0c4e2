#pragma once
// A stretch of a long list, as much of it as a view can place: item positions end up as floats, exact to 2^24
// pixels. The view asks for the window to be moved when it comes near an end of it.
// Rows may be removed anywhere in the list, and are added at its end alone.

#include <QAbstractListModel>
#include <QQmlEngine>

namespace cachify::ui {

class RowWindow : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(int first READ first NOTIFY moved)

 public:
  static constexpr int kRows = 300'000;
  static constexpr int kMargin = 50'000;

  /// `list` outlives this.
  explicit RowWindow(QAbstractListModel& list, QObject* parent = nullptr);

  /// Of the list, the row that comes first here.
  [[nodiscard]] int first() const { return first_; }
  /// Moves the window, as a reset, so that this row of the list lies well inside. False where it does
  /// already.
  Q_INVOKABLE bool hold(int row);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override { return list_.roleNames(); }

 signals:
  void moved();

 private:
  void startAt(int first);
  void grow();
  void aboutToRemove(int from, int to);
  void removed(int from, int to);

  QAbstractListModel& list_;
  int first_ = 0;
  int count_ = 0;
  bool removing_ = false;
};

}  // namespace cachify::ui
