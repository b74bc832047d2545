#pragma once

#include "jumpmodel.h"

#include <QAbstractListModel>
#include <QAction>
#include <QPointer>

namespace Counterfoil {

class Actions;

// What the search-or-jump box lists: records that match, and what can be done. A text that begins with
// ">" asks for actions alone, and so does an empty one.
class PaletteModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    static constexpr int actionsBesideRecords = 6;

    PaletteModel(JumpModel &jump, const Actions &actions, QObject *parent = nullptr);

    void setText(const QString &text);
    bool isAnswered() const { return m_answered; } // the rows belong to the text

    QAction *actionAt(int row) const; // nullptr: a record
    RecordRef refAt(int row) const;   // of nothing: an action
    bool namesOneRecord() const;      // the text is just what one record is known by, or finds only one

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void answered();

private:
    void rebuild();

    JumpModel &m_jump;
    const Actions &m_actions;
    QString m_text;
    int m_records = 0; // of the jump model's rows; the actions follow
    QList<QPointer<QAction>> m_found;
    QString m_error; // why records could not be looked up: a row of its own, after all others
    bool m_answered = true;
};

} // namespace Counterfoil
