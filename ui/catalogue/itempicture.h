#pragma once

#include "pagerenderer.h"
#include "panecontext.h"

#include <QCache>
#include <QTimer>
#include <QWidget>

namespace Counterfoil {

// The picture of the item shown: the first page of a document, which is fetched like any and drawn in the
// process that draws pages. Nothing is decoded here.
class ItemPicture final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int restMs = 200;              // after another item was chosen, before it is fetched
    static constexpr int keptKilobytes = 32 * 1024; // of pictures, drawn

    explicit ItemPicture(const PaneContext &context, QWidget *parent = nullptr);
    ~ItemPicture() override;

    // The key of a Document; empty: there is none. `name` is for the screen reader.
    void setDocument(const QString &document, const QString &name);
    bool isHere() const { return !m_image.isNull(); }
    QSize sizeHint() const override;

Q_SIGNALS:
    void changed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fetch();
    void drop();
    void open(const QString &file);
    void take(const QImage &image);

    const PaneContext m_context;
    PageRenderer m_renderer;
    QString m_document;
    QImage m_image;
    bool m_wanted = false; // from the document port
    quint64 m_opening = 0;
    quint64 m_drawing = 0;
    QTimer m_rest;
    QCache<QString, QImage> m_kept;
};

} // namespace Counterfoil
