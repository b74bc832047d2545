#include "linesmodel.h"

#include <algorithm>

namespace Counterfoil {

LinesModel::LinesModel(const QString &nameTitle, QObject *parent)
    : QAbstractTableModel(parent)
    , m_nameTitle(nameTitle)
{ }

bool LinesModel::isSameTable(const QList<LinesColumn> &columns, const QList<LineWords> &lines) const
{
    return std::equal(columns.begin(), columns.end(), m_columns.begin(), m_columns.end(),
                      [](const LinesColumn &a, const LinesColumn &b) { return a.title == b.title; })
        && std::equal(lines.begin(), lines.end(), m_lines.begin(), m_lines.end(),
                      [](const LineWords &a, const LineWords &b) {
                          return a.number == b.number && a.name == b.name;
                      });
}

void LinesModel::setLines(const QList<LinesColumn> &columns, const QList<LineWords> &lines)
{
    if (isSameTable(columns, lines)) {
        m_lines = lines;
        if (!m_lines.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_columns = columns;
    m_lines = lines;
    endResetModel();
}

int LinesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int LinesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 1 + static_cast<int>(m_columns.size());
}

QString LinesModel::summary(int row, const QList<int> &columns) const
{
    const LineWords &line = m_lines[row];
    QStringList parts;
    for (const int column : columns) {
        const QString value = line.values.value(column - 1);
        if (!value.isEmpty())
            parts.append(
                tr("%1 %2", "a column's heading and its value").arg(m_columns[column - 1].title, value));
    }
    return parts.join(QStringLiteral(" · "));
}

QVariant LinesModel::ofName(const LineWords &line, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return line.name;
    case Description:
        return line.description;
    case StateText:
        return line.state;
    case ItemRole::Symbol:
        return line.symbol;
    case ItemRole::Tone:
        return line.tone;
    case Outlook:
        return line.outlook;
    case OutlookTone:
        return int(line.outlookTone);
    case Notes:
        return line.notes;
    case Qt::AccessibleTextRole: {
        QStringList all{line.name, line.description, line.state, line.outlook};
        all += line.notes;
        all.removeAll(QString());
        return all.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

QVariant LinesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const LineWords &line = m_lines[index.row()];
    if (role == Qt::TextAlignmentRole)
        return int(index.column() == Name ? Qt::AlignLeading : Qt::AlignTrailing) | int(Qt::AlignVCenter);
    if (index.column() == Name)
        return ofName(line, role);
    const QString value = line.values.value(index.column() - 1);
    if (role == Qt::DisplayRole)
        return value.isEmpty() ? QStringLiteral("–") : value;
    if (role == ItemRole::Secondary)
        return value.isEmpty();
    return {};
}

QVariant LinesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section > m_columns.size())
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section == Name ? Qt::AlignLeading : Qt::AlignTrailing) | int(Qt::AlignVCenter);
    if (role == Qt::DisplayRole)
        return section == Name ? m_nameTitle : m_columns[section - 1].title;
    return {};
}

} // namespace Counterfoil
