#pragma once

#include <QFont>
#include <QFontMetrics>

class QWidget;

// The few sizes of type, all derived from the application's font, so that a larger text size reaches
// everything. Body is 13 px at 100 %.
namespace Counterfoil::Type {

enum class Role {
    Body,
    Strong,        // body, semibold
    Caption,       // smaller, for what explains
    CaptionStrong, // headings of tables and groups
    Title,         // the name of what a pane shows
    Heading,       // of a page
};

QFont font(Role role);

// Gives a widget a font of its own that refresh() keeps in step with the text size.
void set(QWidget &widget, Role role);
void setMuted(QWidget &widget); // the text colour of what is of lesser weight
void refresh();                 // after the application's font changed

// Row heights follow the text size: 35 and 28 px at 100 %.
enum class Density { Normal, Compact };
int rowHeight(Density density = Density::Normal);
int controlHeight(); // buttons, chips, fields: 32 px at 100 %

} // namespace Counterfoil::Type
