#pragma once

#include <QWidget>

namespace Counterfoil {

class FormField;

// The folder that something is saved to: typed, or chosen in the system's dialog.
class FolderField final : public QWidget
{
    Q_OBJECT
public:
    explicit FolderField(QWidget *parent);

    QString folder() const; // with "/" between its parts
    void setFolder(const QString &folder);
    bool check(); // whether it can be one; if not, says why and takes the focus

Q_SIGNALS:
    void edited();

private:
    void choose();

    FormField *m_field;
};

} // namespace Counterfoil
