#pragma once

#include "formsheet.h"
#include "packing.h"

namespace Counterfoil {

class FolderField;
class FormField;
class SavingHabits;

// What becomes of a chosen set: one PDF or a ZIP with a list, its name, and what the set comes to.
class PackSheet final : public FormSheet
{
    Q_OBJECT
public:
    PackSheet(QWidget *window, const SavingHabits &habits, const OutgoingSet &set);

    void open();

Q_SIGNALS:
    void wanted(const Counterfoil::PackJob &job); // without sources and programs

protected:
    bool isTyped() const override { return false; }
    void save() override;

private:
    struct Body
    {
        QWidget *widget;
        FormField *form;
        FormField *name;
        FolderField *folder;
    };
    PackSheet(QWidget *window, const SavingHabits &habits, const OutgoingSet &set, const Body &body);
    static Body build(const OutgoingSet &set);

    const Body m_body;
};

} // namespace Counterfoil
