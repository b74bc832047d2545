#include "palettemodel.h"

#include "actions.h"

namespace Counterfoil {

PaletteModel::PaletteModel(JumpModel &jump, const Actions &actions, QObject *parent)
    : QAbstractListModel(parent)
    , m_jump(jump)
    , m_actions(actions)
{
    connect(&jump, &JumpModel::answered, this, [this](const QString &text) {
        if (text != m_text)
            return;
        m_answered = true;
        rebuild();
        Q_EMIT answered();
    });
}

void PaletteModel::setText(const QString &text)
{
    m_text = text;
    const bool actionsOnly = text.trimmed().isEmpty() || text.startsWith(QLatin1Char('>'));
    m_answered = actionsOnly;
    if (actionsOnly) {
        rebuild();
        Q_EMIT answered();
    } else {
        m_jump.setText(text);
    }
}

void PaletteModel::rebuild()
{
    const bool actionsOnly = m_text.trimmed().isEmpty() || m_text.startsWith(QLatin1Char('>'));
    const QString words = m_text.startsWith(QLatin1Char('>')) ? m_text.mid(1) : m_text;
    beginResetModel();
    m_records = actionsOnly ? 0 : m_jump.rowCount();
    m_error = actionsOnly ? QString() : m_jump.errorText();
    m_found.clear();
    const QList<QAction *> actions = m_actions.matching(words);
    for (QAction *action : actions) {
        if (actionsOnly || m_found.size() < actionsBesideRecords)
            m_found.append(action);
    }
    endResetModel();
}

QAction *PaletteModel::actionAt(int row) const
{
    return row >= m_records && row < m_records + m_found.size() ? m_found.at(row - m_records).data()
                                                                : nullptr;
}

RecordRef PaletteModel::refAt(int row) const
{
    return row < m_records ? m_jump.refAt(row) : RecordRef();
}

bool PaletteModel::namesOneRecord() const
{
    return m_records == 1 || (m_records > 1 && m_jump.isExact(0) && !m_jump.isExact(1));
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_records + static_cast<int>(m_found.size()) + (m_error.isEmpty() ? 0 : 1);
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (index.row() < m_records)
        return m_jump.data(m_jump.index(index.row()), role);
    if (index.row() == m_records + m_found.size()) {
        return role == Qt::DisplayRole || role == Qt::ToolTipRole ? m_error
            : role == ItemRole::Symbol                            ? QStringLiteral("!")
            : role == ItemRole::Tone                              ? QStringLiteral("warn")
                                                                  : QVariant();
    }
    const QAction *action = actionAt(index.row());
    if (!action)
        return {};
    if (role == Qt::DisplayRole)
        return action->text();
    if (role == ItemRole::Raw)
        return action->shortcut().toString(QKeySequence::NativeText);
    return {};
}

} // namespace Counterfoil
