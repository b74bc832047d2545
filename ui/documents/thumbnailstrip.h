#pragma once

#include "pagelayout.h"

#include <QListView>

namespace Counterfoil {

class PagePictures;
class PageRenderer;
struct PageInfo;
struct PictureKey;

// The pages in small beside the large ones: shows where one is and leads elsewhere. Several are chosen with
// Shift and Ctrl, and taken elsewhere.
class ThumbnailStrip final : public QListView
{
    Q_OBJECT
public:
    static constexpr qint64 mostPictureBytes = 16 * 1024 * 1024;

    ThumbnailStrip(PageRenderer &renderer, QWidget *parent);

    void setPages(const std::vector<PageInfo> &pages);
    void setRotation(int rotation);
    void setColours(const PageColours &colours);
    QColor paper() const { return {m_colours.paper}; }
    void setCurrentPage(int page);            // several that are chosen stay chosen
    std::vector<quint32> chosenPages() const; // from 0, ascending

    int pageCount() const { return m_layout.count(); }
    PictureKey keyOf(int page) const; // the whole page, as large as it is shown here
    PagePictures &pictures() const { return *m_pictures; }

Q_SIGNALS:
    void pageChosen(int page);
    void dragWanted(); // of the chosen pages, with the button down

protected:
    void scrollContentsBy(int dx, int dy) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void startDrag(Qt::DropActions supported) override;

private:
    void refreshSoon();
    void refresh();

    PagePictures *m_pictures;
    PageLayout m_layout;
    int m_rotation = 0;
    PageColours m_colours;
    bool m_following = false; // the current page is told, not chosen
    bool m_refreshing = false;
    bool m_dragged = false; // since the button went down
};

} // namespace Counterfoil
