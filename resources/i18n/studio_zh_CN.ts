<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>AboutDialog</name>
  <message>
   <source>About Vision Studio</source>
   <translation>关于 Vision Studio</translation>
  </message>
  <message>
   <source>Cache, safe to delete</source>
   <translation>缓存，可放心删除</translation>
  </message>
  <message>
   <source>Free software under the Apache License 2.0. Everything happens on this computer; no picture leaves it.</source>
   <translation>基于 Apache License 2.0 的自由软件。所有处理都在这台电脑上完成，图片不会离开本机。</translation>
  </message>
  <message>
   <source>Sample project and weights</source>
   <translation>示例项目和权重</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <source>Version {version}, with Qt {qt}</source>
   <translation>版本 {version}，Qt {qt}</translation>
  </message>
 </context>
 <context>
  <name>Actions</name>
  <message>
   <source>About Vision Studio</source>
   <translation>关于 Vision Studio</translation>
  </message>
  <message>
   <source>Accept</source>
   <translation>接受</translation>
  </message>
  <message>
   <source>Accept all</source>
   <translation>全部接受</translation>
  </message>
  <message>
   <source>Accept all on this image</source>
   <translation>接受此图像上的全部预测</translation>
  </message>
  <message>
   <source>Actual size</source>
   <translation>实际大小</translation>
  </message>
  <message>
   <source>Add a class to the project</source>
   <translation>为项目添加一个类别</translation>
  </message>
  <message>
   <source>Add folder of images…</source>
   <translation>添加图像文件夹…</translation>
  </message>
  <message>
   <source>Add images…</source>
   <translation>添加图像…</translation>
  </message>
  <message>
   <source>Add the images of another folder; they stay where they are</source>
   <translation>添加另一个文件夹中的图像；图像仍留在原处</translation>
  </message>
  <message>
   <source>Add video…</source>
   <translation>添加视频…</translation>
  </message>
  <message>
   <source>Back to the overview</source>
   <translation>返回总览</translation>
  </message>
  <message>
   <source>Borders between pixels, where they are large</source>
   <translation>放大后显示像素之间的边界</translation>
  </message>
  <message>
   <source>Box</source>
   <translation>边界框</translation>
  </message>
  <message>
   <source>Box around the selected shapes: only their extent stays</source>
   <translation>转为所选形状的边界框，只保留范围</translation>
  </message>
  <message>
   <source>Brightness, contrast, gamma and levels as in the file</source>
   <translation>亮度、对比度、伽马和色阶恢复为文件原样</translation>
  </message>
  <message>
   <source>Bring in labels made with other programs</source>
   <translation>导入其他程序制作的标注</translation>
  </message>
  <message>
   <source>Bring to front</source>
   <translation>移到最前</translation>
  </message>
  <message>
   <source>Brush</source>
   <translation>画笔</translation>
  </message>
  <message>
   <source>Change class…</source>
   <translation>更改类别…</translation>
  </message>
  <message>
   <source>Choose automatically</source>
   <translation>自动选择</translation>
  </message>
  <message>
   <source>Choose images to predict on</source>
   <translation>选择要预测的图像</translation>
  </message>
  <message>
   <source>Choose this key's class; Select gives it to the selected shapes</source>
   <translation>选用此按键对应的类别；在“选择”工具下会赋给选中的形状</translation>
  </message>
  <message>
   <source>Class 1</source>
   <translation>类别 1</translation>
  </message>
  <message>
   <source>Class 2</source>
   <translation>类别 2</translation>
  </message>
  <message>
   <source>Class 3</source>
   <translation>类别 3</translation>
  </message>
  <message>
   <source>Class 4</source>
   <translation>类别 4</translation>
  </message>
  <message>
   <source>Class 5</source>
   <translation>类别 5</translation>
  </message>
  <message>
   <source>Class 6</source>
   <translation>类别 6</translation>
  </message>
  <message>
   <source>Class 7</source>
   <translation>类别 7</translation>
  </message>
  <message>
   <source>Class 8</source>
   <translation>类别 8</translation>
  </message>
  <message>
   <source>Class 9</source>
   <translation>类别 9</translation>
  </message>
  <message>
   <source>Click a colour; drag sideways for more or less of it</source>
   <translation>单击一种颜色，左右拖动可缩小或扩大范围</translation>
  </message>
  <message>
   <source>Click a shape to select it, drag to move it</source>
   <translation>单击选择形状，拖动可移动</translation>
  </message>
  <message>
   <source>Click along the edge of the object; the outline follows it</source>
   <translation>沿对象边缘单击，轮廓自动贴合</translation>
  </message>
  <message>
   <source>Click along the line; Enter ends it</source>
   <translation>沿线逐点单击，按 Enter 结束</translation>
  </message>
  <message>
   <source>Click along the outline; Enter closes it</source>
   <translation>沿轮廓逐点单击，按 Enter 闭合</translation>
  </message>
  <message>
   <source>Click each point of one object; Enter ends it</source>
   <translation>逐个单击一个对象的关键点，按 Enter 结束</translation>
  </message>
  <message>
   <source>Click into a hole of a mask or polygon to fill it</source>
   <translation>单击掩码或多边形中的孔洞将其填充</translation>
  </message>
  <message>
   <source>Close project</source>
   <translation>关闭项目</translation>
  </message>
  <message>
   <source>Close the window; everything is kept</source>
   <translation>关闭窗口，所有内容都已保存</translation>
  </message>
  <message>
   <source>Compare runs</source>
   <translation>比较运行</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Copy the previous image's shapes</source>
   <translation>复制上一张图像的形状</translation>
  </message>
  <message>
   <source>Copy the selected shapes</source>
   <translation>复制所选形状</translation>
  </message>
  <message>
   <source>Copy the selected shapes to the clipboard</source>
   <translation>将所选形状复制到剪贴板</translation>
  </message>
  <message>
   <source>Correct the labels of this image</source>
   <translation>修改此图像的标注</translation>
  </message>
  <message>
   <source>Crosshair</source>
   <translation>十字线</translation>
  </message>
  <message>
   <source>Cut</source>
   <translation>剪切</translation>
  </message>
  <message>
   <source>Cut out</source>
   <translation>抠取</translation>
  </message>
  <message>
   <source>Cut shapes in two along a line</source>
   <translation>沿一条线将形状切成两半</translation>
  </message>
  <message>
   <source>Cut the selected shape out of all shapes that lie below it</source>
   <translation>从下方的所有形状中切去所选形状</translation>
  </message>
  <message>
   <source>Cut the upper selected shapes out of the lowest one; they are used up</source>
   <translation>从最下层的所选形状中减去上层形状，上层形状随之消失</translation>
  </message>
  <message>
   <source>Dark text on light ground</source>
   <translation>浅色背景，深色文字</translation>
  </message>
  <message>
   <source>Dark theme</source>
   <translation>深色主题</translation>
  </message>
  <message>
   <source>Dataset</source>
   <translation>数据集</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Delete the selected shapes</source>
   <translation>删除所选形状</translation>
  </message>
  <message>
   <source>Do the undone change again</source>
   <translation>重做刚撤销的修改</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>Done for this class</source>
   <translation>此类别已完成</translation>
  </message>
  <message>
   <source>Drag a box around the object; its outline is found</source>
   <translation>拖框圈住对象，自动找出轮廓</translation>
  </message>
  <message>
   <source>Drag along one side, then click at the opposite one</source>
   <translation>沿一边拖动，再单击对边</translation>
  </message>
  <message>
   <source>Drag from corner to corner</source>
   <translation>从一角拖到对角</translation>
  </message>
  <message>
   <source>Draw a polygon anew between two of its vertices</source>
   <translation>重画多边形两个顶点之间的部分</translation>
  </message>
  <message>
   <source>Draw and tag: say what is in the pictures</source>
   <translation>绘制和打标签：说明图片里有什么</translation>
  </message>
  <message>
   <source>Draw the shapes of the images on their thumbnails</source>
   <translation>在缩略图上绘出图像的形状</translation>
  </message>
  <message>
   <source>Duplicate</source>
   <translation>创建副本</translation>
  </message>
  <message>
   <source>End the training with the best model so far</source>
   <translation>结束训练，保留目前最好的模型</translation>
  </message>
  <message>
   <source>English</source>
   <translation>English</translation>
  </message>
  <message>
   <source>English or Chinese, as the system says</source>
   <translation>跟随系统使用英文或中文</translation>
  </message>
  <message>
   <source>Eraser</source>
   <translation>橡皮擦</translation>
  </message>
  <message>
   <source>Every change with its time: look back, restore an image, take back one change</source>
   <translation>所有修改及其时间：可回看、恢复图像或单独撤回某次修改</translation>
  </message>
  <message>
   <source>Everything on this image is labelled: mark it done and go on</source>
   <translation>此图像已全部标注：标记为完成并转到下一张</translation>
  </message>
  <message>
   <source>Export labels…</source>
   <translation>导出标注…</translation>
  </message>
  <message>
   <source>Fill</source>
   <translation>填充</translation>
  </message>
  <message>
   <source>Fill all holes of the selected shapes</source>
   <translation>填充所选形状的所有孔洞</translation>
  </message>
  <message>
   <source>Fill holes</source>
   <translation>填充孔洞</translation>
  </message>
  <message>
   <source>Fill the images between this shape and the same object on an earlier one</source>
   <translation>在此形状与较早图像上的同一对象之间逐图补全</translation>
  </message>
  <message>
   <source>Find images</source>
   <translation>查找图像</translation>
  </message>
  <message>
   <source>Find or name another class for the selected shapes</source>
   <translation>为所选形状查找或新建另一个类别</translation>
  </message>
  <message>
   <source>Fit to window</source>
   <translation>适应窗口</translation>
  </message>
  <message>
   <source>Five steps from pictures to predictions</source>
   <translation>五步，从图片到预测</translation>
  </message>
  <message>
   <source>Full screen</source>
   <translation>全屏</translation>
  </message>
  <message>
   <source>Give the selected images a tag; the class's digit chooses it</source>
   <translation>给所选图像打标签，按类别的数字键选择</translation>
  </message>
  <message>
   <source>Give the whole screen to the window</source>
   <translation>让窗口占满整个屏幕</translation>
  </message>
  <message>
   <source>Go back from shape to shape</source>
   <translation>逐个选取前面的形状</translation>
  </message>
  <message>
   <source>Go back to an image that is not done</source>
   <translation>返回上一张未完成的图像</translation>
  </message>
  <message>
   <source>Go back to the start page</source>
   <translation>返回起始页</translation>
  </message>
  <message>
   <source>Go back with the keyboard</source>
   <translation>用键盘返回上一个控件</translation>
  </message>
  <message>
   <source>Go from shape to shape, line by line</source>
   <translation>从左到右、从上到下逐个选取形状</translation>
  </message>
  <message>
   <source>Go on to an image that is not done</source>
   <translation>转到下一张未完成的图像</translation>
  </message>
  <message>
   <source>Go on with the keyboard, also from the picture, where Tab goes from shape to shape</source>
   <translation>用键盘转到下一个控件；在图片上 Tab 用于切换形状，请用此键离开</translation>
  </message>
  <message>
   <source>Have training and metrics leave the selected shapes out</source>
   <translation>训练和指标不计入所选形状</translation>
  </message>
  <message>
   <source>Hide or show</source>
   <translation>隐藏或显示</translation>
  </message>
  <message>
   <source>Hide or show all</source>
   <translation>隐藏或显示全部</translation>
  </message>
  <message>
   <source>Hide predictions</source>
   <translation>隐藏预测</translation>
  </message>
  <message>
   <source>Hide the selected shapes, or show them again</source>
   <translation>隐藏所选形状，或重新显示</translation>
  </message>
  <message>
   <source>History…</source>
   <translation>历史记录…</translation>
  </message>
  <message>
   <source>How the picture and its shapes are shown</source>
   <translation>图片和形状的显示方式</translation>
  </message>
  <message>
   <source>Ignore or stop ignoring</source>
   <translation>忽略或不再忽略</translation>
  </message>
  <message>
   <source>Images</source>
   <translation>图像</translation>
  </message>
  <message>
   <source>Import labels…</source>
   <translation>导入标注…</translation>
  </message>
  <message>
   <source>Intelligent scissors</source>
   <translation>智能剪刀</translation>
  </message>
  <message>
   <source>Interpolate</source>
   <translation>插值</translation>
  </message>
  <message>
   <source>Intersect</source>
   <translation>相交</translation>
  </message>
  <message>
   <source>Join</source>
   <translation>组合</translation>
  </message>
  <message>
   <source>Keep a checkpoint and give the computer back</source>
   <translation>保存检查点并释放计算资源</translation>
  </message>
  <message>
   <source>Keep only what the selected shapes have in common</source>
   <translation>只保留所选形状的公共部分</translation>
  </message>
  <message>
   <source>Keep other masks</source>
   <translation>保护其他掩码</translation>
  </message>
  <message>
   <source>Keep the selected shapes from being changed</source>
   <translation>防止所选形状被修改</translation>
  </message>
  <message>
   <source>Keep these images for a last, honest measurement</source>
   <translation>留作最后一次客观评测</translation>
  </message>
  <message>
   <source>Keyboard shortcuts…</source>
   <translation>键盘快捷键…</translation>
  </message>
  <message>
   <source>Keys in use here</source>
   <translation>当前可用的按键</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>标注</translation>
  </message>
  <message>
   <source>Label this image</source>
   <translation>标注此图像</translation>
  </message>
  <message>
   <source>Language of the system</source>
   <translation>跟随系统语言</translation>
  </message>
  <message>
   <source>Language, theme, weights</source>
   <translation>语言、主题、权重</translation>
  </message>
  <message>
   <source>Larger brush</source>
   <translation>放大画笔</translation>
  </message>
  <message>
   <source>Lay the ticked runs beside the chosen one: which is better, and what was different</source>
   <translation>将勾选的运行与所选运行对比：哪个更好，有何不同</translation>
  </message>
  <message>
   <source>Learn from these images</source>
   <translation>用这些图像学习</translation>
  </message>
  <message>
   <source>Learn from your tags while you give them, and suggest those of the next images</source>
   <translation>边打标签边学习，并为后面的图像建议标签</translation>
  </message>
  <message>
   <source>Learning curve</source>
   <translation>学习曲线</translation>
  </message>
  <message>
   <source>Leave these images out of training</source>
   <translation>训练时不使用这些图像</translation>
  </message>
  <message>
   <source>Leave this image out of training and go on</source>
   <translation>训练时不使用此图像，并转到下一张</translation>
  </message>
  <message>
   <source>Leave vertices out of the selected polygons, with a look at the result first</source>
   <translation>减少所选多边形的顶点，可先预览结果</translation>
  </message>
  <message>
   <source>Let the brush paint only where no other mask or polygon is</source>
   <translation>画笔只涂抹没有其他掩码或多边形的地方</translation>
  </message>
  <message>
   <source>Let the next training decide which split they belong to</source>
   <translation>由下次训练决定它们属于哪个子集</translation>
  </message>
  <message>
   <source>Light or dark, as the system says</source>
   <translation>跟随系统使用浅色或深色</translation>
  </message>
  <message>
   <source>Light text on dark ground</source>
   <translation>深色背景，浅色文字</translation>
  </message>
  <message>
   <source>Light theme</source>
   <translation>浅色主题</translation>
  </message>
  <message>
   <source>Line</source>
   <translation>折线</translation>
  </message>
  <message>
   <source>Lines through the cursor while drawing</source>
   <translation>绘制时显示穿过光标的线</translation>
  </message>
  <message>
   <source>Lock or unlock</source>
   <translation>锁定或解锁</translation>
  </message>
  <message>
   <source>Look at the bare image</source>
   <translation>只看原图</translation>
  </message>
  <message>
   <source>Look at the selected shapes alone</source>
   <translation>单独查看所选形状</translation>
  </message>
  <message>
   <source>Look for new images</source>
   <translation>查找新图像</translation>
  </message>
  <message>
   <source>Look through the project's folders again</source>
   <translation>重新查看项目的各个文件夹</translation>
  </message>
  <message>
   <source>Magic wand</source>
   <translation>魔棒</translation>
  </message>
  <message>
   <source>Make a new class of the selected shapes</source>
   <translation>将所选形状归为一个新类别</translation>
  </message>
  <message>
   <source>Make a small labelled project to try everything on</source>
   <translation>生成一个已标注的小项目，用来体验全部功能</translation>
  </message>
  <message>
   <source>Make every prediction above the slider a label, on all images</source>
   <translation>将所有图像上高于滑块的预测都变为标注</translation>
  </message>
  <message>
   <source>Make every shown prediction of this image a label</source>
   <translation>将此图像上显示的预测全部变为标注</translation>
  </message>
  <message>
   <source>Make one class of several, with all their shapes and tags</source>
   <translation>将多个类别连同其形状和标签并为一个</translation>
  </message>
  <message>
   <source>Make the chosen prediction a label; then goes on to the next one</source>
   <translation>将选中的预测变为标注，然后转到下一个</translation>
  </message>
  <message>
   <source>Make the selected shapes parts of one object, of the topmost one's class</source>
   <translation>将所选形状组合成一个对象，采用最上层形状的类别</translation>
  </message>
  <message>
   <source>Mark as done</source>
   <translation>标记为完成</translation>
  </message>
  <message>
   <source>Mark as new</source>
   <translation>标记为待办</translation>
  </message>
  <message>
   <source>Measure the model on these images</source>
   <translation>用这些图像评测模型</translation>
  </message>
  <message>
   <source>Melt the selected shapes into the lowest one</source>
   <translation>将所选形状并入最下层的形状</translation>
  </message>
  <message>
   <source>Merge classes…</source>
   <translation>合并类别…</translation>
  </message>
  <message>
   <source>Minimap</source>
   <translation>小地图</translation>
  </message>
  <message>
   <source>Move the selected shapes to the clipboard</source>
   <translation>将所选形状移到剪贴板</translation>
  </message>
  <message>
   <source>New class…</source>
   <translation>新建类别…</translation>
  </message>
  <message>
   <source>New project…</source>
   <translation>新建项目…</translation>
  </message>
  <message>
   <source>New training</source>
   <translation>新建训练</translation>
  </message>
  <message>
   <source>Next control</source>
   <translation>下一个控件</translation>
  </message>
  <message>
   <source>Next image</source>
   <translation>下一张图像</translation>
  </message>
  <message>
   <source>Next shape</source>
   <translation>下一个形状</translation>
  </message>
  <message>
   <source>Next shape under the cursor</source>
   <translation>光标下的下一个形状</translation>
  </message>
  <message>
   <source>Next unfinished image</source>
   <translation>下一张未完成的图像</translation>
  </message>
  <message>
   <source>Note and attributes…</source>
   <translation>备注和属性…</translation>
  </message>
  <message>
   <source>Note on this image…</source>
   <translation>此图像的备注…</translation>
  </message>
  <message>
   <source>Note…</source>
   <translation>备注…</translation>
  </message>
  <message>
   <source>Once, and only onto this image</source>
   <translation>只复制一次，且只到此图像</translation>
  </message>
  <message>
   <source>One image pixel for each screen pixel</source>
   <translation>一个图像像素对应一个屏幕像素</translation>
  </message>
  <message>
   <source>Open a project's folder</source>
   <translation>打开项目所在的文件夹</translation>
  </message>
  <message>
   <source>Open in Label</source>
   <translation>在标注工作区打开</translation>
  </message>
  <message>
   <source>Open project…</source>
   <translation>打开项目…</translation>
  </message>
  <message>
   <source>Open the image in the Label workspace</source>
   <translation>在标注工作区中打开图像</translation>
  </message>
  <message>
   <source>Outline with vertices to edit; a mask keeps every pixel</source>
   <translation>转为可编辑顶点的轮廓；掩码的每个像素都保留</translation>
  </message>
  <message>
   <source>Paint over the object</source>
   <translation>涂抹覆盖对象</translation>
  </message>
  <message>
   <source>Paste</source>
   <translation>粘贴</translation>
  </message>
  <message>
   <source>Pause training</source>
   <translation>暂停训练</translation>
  </message>
  <message>
   <source>Pixel grid</source>
   <translation>像素网格</translation>
  </message>
  <message>
   <source>Pixels to paint on: vertices, and what is finer than a pixel, are lost</source>
   <translation>转为可涂抹的像素：会失去顶点和小于一个像素的细节</translation>
  </message>
  <message>
   <source>Points</source>
   <translation>关键点</translation>
  </message>
  <message>
   <source>Polygon</source>
   <translation>多边形</translation>
  </message>
  <message>
   <source>Predict</source>
   <translation>预测</translation>
  </message>
  <message>
   <source>Predict on the images of this project that nobody has labelled</source>
   <translation>对本项目中尚未标注的图像进行预测</translation>
  </message>
  <message>
   <source>Previous control</source>
   <translation>上一个控件</translation>
  </message>
  <message>
   <source>Previous image</source>
   <translation>上一张图像</translation>
  </message>
  <message>
   <source>Previous shape</source>
   <translation>上一个形状</translation>
  </message>
  <message>
   <source>Previous unfinished image</source>
   <translation>上一张未完成的图像</translation>
  </message>
  <message>
   <source>Put into test</source>
   <translation>放入测试集</translation>
  </message>
  <message>
   <source>Put into training</source>
   <translation>放入训练集</translation>
  </message>
  <message>
   <source>Put into validation</source>
   <translation>放入验证集</translation>
  </message>
  <message>
   <source>Put points onto vertices and edges nearby; Ctrl suspends it</source>
   <translation>落点吸附到附近的顶点和边，按住 Ctrl 暂停</translation>
  </message>
  <message>
   <source>Put the shapes on the clipboard where they were on their image</source>
   <translation>将剪贴板中的形状粘贴到原来的位置</translation>
  </message>
  <message>
   <source>Quick classifier</source>
   <translation>快速分类器</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>退出</translation>
  </message>
  <message>
   <source>Reach a shape that lies under another</source>
   <translation>选取被其他形状遮住的形状</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>重做</translation>
  </message>
  <message>
   <source>Redraw outline</source>
   <translation>重画轮廓</translation>
  </message>
  <message>
   <source>Reject</source>
   <translation>拒绝</translation>
  </message>
  <message>
   <source>Remove from project</source>
   <translation>从项目中移除</translation>
  </message>
  <message>
   <source>Reopen</source>
   <translation>重新打开</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>Rotated box</source>
   <translation>旋转框</translation>
  </message>
  <message>
   <source>Say more about the selected shapes than their class</source>
   <translation>为所选形状补充类别以外的信息</translation>
  </message>
  <message>
   <source>Say that all of the current class is labelled on this image, whatever of the others</source>
   <translation>声明此图像上的当前类别已全部标注，与其他类别无关</translation>
  </message>
  <message>
   <source>Say what the whole image shows: press 1 to 9</source>
   <translation>说明整张图像的内容：按 1 到 9</translation>
  </message>
  <message>
   <source>Search by name, class, state and more</source>
   <translation>按名称、类别、状态等搜索</translation>
  </message>
  <message>
   <source>See every key, and change it</source>
   <translation>查看和更改所有按键</translation>
  </message>
  <message>
   <source>See how good a trained model is</source>
   <translation>查看训练好的模型效果如何</translation>
  </message>
  <message>
   <source>See what a model makes of new images</source>
   <translation>查看模型如何理解新图像</translation>
  </message>
  <message>
   <source>See what the project holds as a whole</source>
   <translation>查看整个项目的内容</translation>
  </message>
  <message>
   <source>See, filter and sort all images of the project</source>
   <translation>查看、筛选和排序项目中的所有图像</translation>
  </message>
  <message>
   <source>Select</source>
   <translation>选择</translation>
  </message>
  <message>
   <source>Select all</source>
   <translation>全选</translation>
  </message>
  <message>
   <source>Select all of this class</source>
   <translation>选择此类别的全部形状</translation>
  </message>
  <message>
   <source>Select every shape of the image</source>
   <translation>选择图像中的所有形状</translation>
  </message>
  <message>
   <source>Select every shape of the selected shape's class</source>
   <translation>选择与所选形状同类别的所有形状</translation>
  </message>
  <message>
   <source>Send to back</source>
   <translation>移到最后</translation>
  </message>
  <message>
   <source>Set up another training</source>
   <translation>设置另一次训练</translation>
  </message>
  <message>
   <source>Settings…</source>
   <translation>设置…</translation>
  </message>
  <message>
   <source>Shapes on thumbnails</source>
   <translation>缩略图上的形状</translation>
  </message>
  <message>
   <source>Show each shape close up when going from one to the next</source>
   <translation>逐个切换形状时放大显示每一个</translation>
  </message>
  <message>
   <source>Show names</source>
   <translation>显示名称</translation>
  </message>
  <message>
   <source>Show only the selected</source>
   <translation>只显示所选</translation>
  </message>
  <message>
   <source>Show prediction</source>
   <translation>显示预测</translation>
  </message>
  <message>
   <source>Show the images as a table instead of thumbnails</source>
   <translation>以表格代替缩略图显示图像</translation>
  </message>
  <message>
   <source>Show the picture as it is</source>
   <translation>显示图片原样</translation>
  </message>
  <message>
   <source>Show the whole image</source>
   <translation>显示整张图像</translation>
  </message>
  <message>
   <source>Show truth</source>
   <translation>显示真值</translation>
  </message>
  <message>
   <source>Show what the model found</source>
   <translation>显示模型找到的内容</translation>
  </message>
  <message>
   <source>Show what was labelled</source>
   <translation>显示人工标注的内容</translation>
  </message>
  <message>
   <source>Show what your newest model sees on this image; Enter accepts, X rejects</source>
   <translation>显示最新模型在此图像上的发现；Enter 接受，X 拒绝</translation>
  </message>
  <message>
   <source>Shuffle</source>
   <translation>随机排序</translation>
  </message>
  <message>
   <source>Simplify…</source>
   <translation>简化…</translation>
  </message>
  <message>
   <source>Skip</source>
   <translation>跳过</translation>
  </message>
  <message>
   <source>Slice</source>
   <translation>切割</translation>
  </message>
  <message>
   <source>Smaller brush</source>
   <translation>缩小画笔</translation>
  </message>
  <message>
   <source>Smallest turned box around each selected shape: its outline is lost</source>
   <translation>转为每个所选形状的最小旋转框，轮廓会丢失</translation>
  </message>
  <message>
   <source>Snap to shapes</source>
   <translation>吸附到形状</translation>
  </message>
  <message>
   <source>Sort the images at random, in another order each time</source>
   <translation>随机排列图像，每次顺序都不同</translation>
  </message>
  <message>
   <source>Split off class…</source>
   <translation>拆出类别…</translation>
  </message>
  <message>
   <source>Start a project from a folder of images</source>
   <translation>从图像文件夹新建项目</translation>
  </message>
  <message>
   <source>Start training as it is set up</source>
   <translation>按当前设置开始训练</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>Stop predicting</source>
   <translation>停止预测</translation>
  </message>
  <message>
   <source>Stop training</source>
   <translation>停止训练</translation>
  </message>
  <message>
   <source>Subtract</source>
   <translation>减去</translation>
  </message>
  <message>
   <source>Suggestions</source>
   <translation>建议</translation>
  </message>
  <message>
   <source>Table</source>
   <translation>表格</translation>
  </message>
  <message>
   <source>Tag</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>Tag…</source>
   <translation>打标签…</translation>
  </message>
  <message>
   <source>Take back the last change</source>
   <translation>撤销上一次修改</translation>
  </message>
  <message>
   <source>Take frames out of a video and add them as images</source>
   <translation>从视频中提取帧并添加为图像</translation>
  </message>
  <message>
   <source>Take overlap away</source>
   <translation>去除重叠</translation>
  </message>
  <message>
   <source>Take these images out of the project; their files stay</source>
   <translation>将这些图像移出项目，文件本身保留</translation>
  </message>
  <message>
   <source>The keys of what is in front</source>
   <translation>当前界面的按键</translation>
  </message>
  <message>
   <source>The whole image in a corner while zoomed in</source>
   <translation>放大时在角落显示整张图像</translation>
  </message>
  <message>
   <source>Theme of the system</source>
   <translation>跟随系统主题</translation>
  </message>
  <message>
   <source>These images are completely labelled</source>
   <translation>这些图像已全部标注</translation>
  </message>
  <message>
   <source>These images still need work</source>
   <translation>这些图像还需要处理</translation>
  </message>
  <message>
   <source>This image still needs work</source>
   <translation>此图像还需要处理</translation>
  </message>
  <message>
   <source>To box</source>
   <translation>转为边界框</translation>
  </message>
  <message>
   <source>To mask</source>
   <translation>转为掩码</translation>
  </message>
  <message>
   <source>To polygon</source>
   <translation>转为多边形</translation>
  </message>
  <message>
   <source>To rotated box</source>
   <translation>转为旋转框</translation>
  </message>
  <message>
   <source>Tour</source>
   <translation>新手导览</translation>
  </message>
  <message>
   <source>Train</source>
   <translation>训练</translation>
  </message>
  <message>
   <source>Train a model on what is labelled</source>
   <translation>用已标注的内容训练模型</translation>
  </message>
  <message>
   <source>Try the sample project</source>
   <translation>试用示例项目</translation>
  </message>
  <message>
   <source>Turn left</source>
   <translation>向左旋转</translation>
  </message>
  <message>
   <source>Turn left a little</source>
   <translation>向左微转</translation>
  </message>
  <message>
   <source>Turn right</source>
   <translation>向右旋转</translation>
  </message>
  <message>
   <source>Turn right a little</source>
   <translation>向右微转</translation>
  </message>
  <message>
   <source>Turn the chosen prediction down</source>
   <translation>拒绝选中的预测</translation>
  </message>
  <message>
   <source>Turn the selected shapes by a tenth of a degree</source>
   <translation>将所选形状旋转十分之一度</translation>
  </message>
  <message>
   <source>Turn the selected shapes by one degree</source>
   <translation>将所选形状旋转一度</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>撤销</translation>
  </message>
  <message>
   <source>Unite</source>
   <translation>合并</translation>
  </message>
  <message>
   <source>Unlabelled images</source>
   <translation>未标注的图像</translation>
  </message>
  <message>
   <source>Version, licence and folders</source>
   <translation>版本、许可证和文件夹</translation>
  </message>
  <message>
   <source>View…</source>
   <translation>视图…</translation>
  </message>
  <message>
   <source>What more labelled images would bring, told from the runs</source>
   <translation>根据已有运行估计：再标注一些图像会带来什么</translation>
  </message>
  <message>
   <source>Wipe paint off the selected mask</source>
   <translation>擦除所选掩码上的内容</translation>
  </message>
  <message>
   <source>Write a note on the selected images</source>
   <translation>为所选图像写备注</translation>
  </message>
  <message>
   <source>Write down what should be known about this image</source>
   <translation>记下这张图像需要注意的地方</translation>
  </message>
  <message>
   <source>Write each shape's class above it</source>
   <translation>在每个形状上方显示其类别</translation>
  </message>
  <message>
   <source>Write the labels in a format that other programs read</source>
   <translation>以其他程序可读的格式保存标注</translation>
  </message>
  <message>
   <source>Zoom in</source>
   <translation>放大</translation>
  </message>
  <message>
   <source>Zoom out</source>
   <translation>缩小</translation>
  </message>
  <message>
   <source>Zoom to the shape</source>
   <translation>缩放到形状</translation>
  </message>
  <message>
   <source>简体中文</source>
   <translation>简体中文</translation>
  </message>
 </context>
 <context>
  <name>Adopter</name>
  <message>
   <source>Pictures are being added to the project already.</source>
   <translation>正在将图片添加到项目中。</translation>
  </message>
  <message>
   <source>{file} was added to the project.</source>
   <translation>{file} 已加入项目。</translation>
  </message>
 </context>
 <context>
  <name>AllModels</name>
  <message>
   <source>All models: {task}</source>
   <translation>全部模型：{task}</translation>
  </message>
  <message>
   <source>Filter by name, for example resnet</source>
   <translation>按名称筛选，例如 resnet</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Parameters</source>
   <translation>参数量</translation>
  </message>
  <message>
   <source>Published</source>
   <translation>公布的精度</translation>
  </message>
  <message>
   <source>Weights</source>
   <translation>权重</translation>
  </message>
  <message>
   <source>here</source>
   <translation>已在本机</translation>
  </message>
  <message>
   <source>missing</source>
   <translation>缺失</translation>
  </message>
  <message>
   <source>{size} MB</source>
   <translation>{size} MB</translation>
  </message>
 </context>
 <context>
  <name>BrushSizeField</name>
  <message>
   <source> px</source>
   <translation> 像素</translation>
  </message>
  <message>
   <source>Diameter in image pixels (Shift and the wheel)</source>
   <translation>直径，以图像像素计（Shift+滚轮）</translation>
  </message>
  <message>
   <source>Diameter in image pixels ({keys}, or Shift and the wheel)</source>
   <translation>直径，以图像像素计（{keys}，或 Shift+滚轮）</translation>
  </message>
 </context>
 <context>
  <name>Bubble</name>
  <message>
   <source>Back</source>
   <translation>上一步</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>下一步</translation>
  </message>
  <message>
   <source>Skip</source>
   <translation>跳过</translation>
  </message>
 </context>
 <context>
  <name>Bulk</name>
  <message numerus="yes">
   <source>%n image(s) marked as done.</source>
   <translation>
    <numerusform>已将 %n 张图像标记为完成。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) marked as new.</source>
   <translation>
    <numerusform>已将 %n 张图像标记为待办。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) put into test.</source>
   <translation>
    <numerusform>已将 %n 张图像放入测试集。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) put into training.</source>
   <translation>
    <numerusform>已将 %n 张图像放入训练集。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) put into validation.</source>
   <translation>
    <numerusform>已将 %n 张图像放入验证集。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) removed from the project; the files stay.</source>
   <translation>
    <numerusform>已从项目中移除 %n 张图像，文件本身保留。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) skipped.</source>
   <translation>
    <numerusform>已跳过 %n 张图像。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) tagged as {name}.</source>
   <translation>
    <numerusform>已给 %n 张图像打上标签“{name}”。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Note changed on %n image(s).</source>
   <translation>
    <numerusform>已更改 %n 张图像的备注。</numerusform>
   </translation>
  </message>
  <message>
   <source>Nothing to change.</source>
   <translation>无需更改。</translation>
  </message>
  <message numerus="yes">
   <source>The split of %n image(s) is chosen automatically.</source>
   <translation>
    <numerusform>%n 张图像的子集改为自动选择。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{name} taken from %n image(s).</source>
   <translation>
    <numerusform>已移除 %n 张图像的标签“{name}”。</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Canvas</name>
  <message>
   <source>Add a folder of images, or choose one from the strip below.</source>
   <translation>添加图像文件夹，或从下方的图像条中选择一张。</translation>
  </message>
  <message>
   <source>No image</source>
   <translation>没有图像</translation>
  </message>
  <message>
   <source>Picture</source>
   <translation>图片</translation>
  </message>
  <message>
   <source>The picture is being read…</source>
   <translation>正在读取图片…</translation>
  </message>
  <message>
   <source>This image cannot be shown</source>
   <translation>无法显示此图像</translation>
  </message>
 </context>
 <context>
  <name>Charts</name>
  <message>
   <source>Epoch</source>
   <translation>轮</translation>
  </message>
  <message>
   <source>Learning rate</source>
   <translation>学习率</translation>
  </message>
  <message>
   <source>Loss</source>
   <translation>损失</translation>
  </message>
  <message>
   <source>Metric in %</source>
   <translation>指标（%）</translation>
  </message>
  <message>
   <source>New layers</source>
   <translation>新层</translation>
  </message>
  <message>
   <source>Run {number}</source>
   <translation>运行 {number}</translation>
  </message>
  <message>
   <source>Show all (double click)</source>
   <translation>显示全部（双击）</translation>
  </message>
  <message>
   <source>Training</source>
   <translation>训练</translation>
  </message>
  <message>
   <source>Validation</source>
   <translation>验证</translation>
  </message>
 </context>
 <context>
  <name>ClassEdits</name>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Delete the class “{name}”?</source>
   <translation>删除类别“{name}”？</translation>
  </message>
  <message>
   <source>{what} will be deleted with it. Undo brings it all back.</source>
   <translation>{what}将一并删除，可通过撤销全部恢复。</translation>
  </message>
 </context>
 <context>
  <name>ClassList</name>
  <message numerus="yes">
   <source>%n shape(s)</source>
   <translation>
    <numerusform>%n 个形状</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n tag(s)</source>
   <translation>
    <numerusform>%n 个标签</numerusform>
   </translation>
  </message>
  <message>
   <source>Change the colour</source>
   <translation>更改颜色</translation>
  </message>
  <message>
   <source>Key {key}</source>
   <translation>按键 {key}</translation>
  </message>
  <message>
   <source>Show or hide the classes of this group</source>
   <translation>展开或收起此分组的类别</translation>
  </message>
  <message>
   <source>Tag the whole image with this class</source>
   <translation>用此类别给整张图像打标签</translation>
  </message>
  <message>
   <source>This image is done for this class</source>
   <translation>此图像对该类别已完成</translation>
  </message>
 </context>
 <context>
  <name>ClassMenu</name>
  <message>
   <source>Colour…</source>
   <translation>颜色…</translation>
  </message>
  <message>
   <source>Delete…</source>
   <translation>删除…</translation>
  </message>
  <message>
   <source>Done for this class</source>
   <translation>此类别已完成</translation>
  </message>
  <message>
   <source>Group</source>
   <translation>分组</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>按键</translation>
  </message>
  <message>
   <source>Merge into…</source>
   <translation>合并到…</translation>
  </message>
  <message>
   <source>Move down</source>
   <translation>下移</translation>
  </message>
  <message>
   <source>Move up</source>
   <translation>上移</translation>
  </message>
  <message>
   <source>New group…</source>
   <translation>新建分组…</translation>
  </message>
  <message>
   <source>None</source>
   <translation>无</translation>
  </message>
  <message>
   <source>Rename</source>
   <translation>重命名</translation>
  </message>
 </context>
 <context>
  <name>ClassPicker</name>
  <message>
   <source>Class</source>
   <translation>类别</translation>
  </message>
  <message>
   <source>Find or name a class</source>
   <translation>查找或命名类别</translation>
  </message>
  <message>
   <source>Name this class, then Enter</source>
   <translation>为此类别命名，然后按 Enter</translation>
  </message>
  <message>
   <source>New class “{name}”</source>
   <translation>新建类别“{name}”</translation>
  </message>
 </context>
 <context>
  <name>ClassTable</name>
  <message>
   <source>Background</source>
   <translation>背景</translation>
  </message>
  <message>
   <source>Class</source>
   <translation>类别</translation>
  </message>
  <message>
   <source>Pixels</source>
   <translation>像素</translation>
  </message>
 </context>
 <context>
  <name>ClassesPanel</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n 张图像</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s)</source>
   <translation>
    <numerusform>%n 个形状</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s) become the new class:</source>
   <translation>
    <numerusform>将 %n 个形状归为新类别：</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n tag(s)</source>
   <translation>
    <numerusform>%n 个标签</numerusform>
   </translation>
  </message>
  <message>
   <source>Classes</source>
   <translation>类别</translation>
  </message>
  <message>
   <source>Name of the group, for example “vehicle”:</source>
   <translation>分组名称，例如“车辆”：</translation>
  </message>
  <message>
   <source>Name of the group:</source>
   <translation>分组名称：</translation>
  </message>
  <message>
   <source>New class</source>
   <translation>新建类别</translation>
  </message>
  <message>
   <source>New group</source>
   <translation>新建分组</translation>
  </message>
  <message>
   <source>Otherwise a new tag takes the place of the one that stands.</source>
   <translation>否则新标签会替换原有标签。</translation>
  </message>
  <message>
   <source>Rename group</source>
   <translation>重命名分组</translation>
  </message>
  <message>
   <source>Several tags for one image</source>
   <translation>一张图像可有多个标签</translation>
  </message>
  <message>
   <source>Split off a class</source>
   <translation>拆出类别</translation>
  </message>
  <message>
   <source>Type a name and press Enter (N)</source>
   <translation>输入名称并按 Enter（N）</translation>
  </message>
  <message>
   <source>What do you want to find? Name it here.</source>
   <translation>您想找什么？在这里命名。</translation>
  </message>
  <message>
   <source>{shapes} and {tags} on {images}</source>
   <translation>{images}上的 {shapes}和 {tags}</translation>
  </message>
  <message>
   <source>{shapes} on {images}</source>
   <translation>{images}上的 {shapes}</translation>
  </message>
  <message>
   <source>{tags} on {images}</source>
   <translation>{images}上的 {tags}</translation>
  </message>
 </context>
 <context>
  <name>Clipboard</name>
  <message numerus="yes">
   <source>%n shape(s) copied</source>
   <translation>
    <numerusform>已复制 %n 个形状</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s) copied from {name}</source>
   <translation>
    <numerusform>已从 {name} 复制 %n 个形状</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s) cut</source>
   <translation>
    <numerusform>已剪切 %n 个形状</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s) left out: they lie beyond this image</source>
   <translation>
    <numerusform>%n 个形状位于此图像之外，未放入</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s) pasted</source>
   <translation>
    <numerusform>已粘贴 %n 个形状</numerusform>
   </translation>
  </message>
  <message>
   <source>The shapes of {name} are here already.</source>
   <translation>{name} 的形状已在此处。</translation>
  </message>
  <message>
   <source>There are no shapes on the clipboard.</source>
   <translation>剪贴板中没有形状。</translation>
  </message>
  <message>
   <source>There are no shapes on {name}.</source>
   <translation>{name} 上没有形状。</translation>
  </message>
  <message>
   <source>There is no image before this one.</source>
   <translation>前面没有图像了。</translation>
  </message>
 </context>
 <context>
  <name>ColorMenu</name>
  <message>
   <source>Another colour…</source>
   <translation>其他颜色…</translation>
  </message>
 </context>
 <context>
  <name>Comparison</name>
  <message numerus="yes">
   <source>%n image(s) less</source>
   <translation>
    <numerusform>少 %n 张图像</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) more</source>
   <translation>
    <numerusform>多 %n 张图像</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n in another split</source>
   <translation>
    <numerusform>%n 张在不同子集</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n labelled differently</source>
   <translation>
    <numerusform>%n 张标注不同</numerusform>
   </translation>
  </message>
  <message>
   <source>, </source>
   <translation>，</translation>
  </message>
  <message>
   <source>F1 of objects and points per image</source>
   <translation>每张图像的对象与关键点 F1</translation>
  </message>
  <message>
   <source>F1 per image</source>
   <translation>每张图像的 F1</translation>
  </message>
  <message numerus="yes">
   <source>Left out: %n image(s) that one of them learned from or was not judged on, or that were labelled differently.</source>
   <translation>
    <numerusform>未计入 %n 张图像：其中一个运行用它训练过或未在其上评测过，或者标注不同。</numerusform>
   </translation>
  </message>
  <message>
   <source>Run {number}</source>
   <translation>运行 {number}</translation>
  </message>
  <message>
   <source>accuracy</source>
   <translation>准确率</translation>
  </message>
  <message>
   <source>agreement with the tags</source>
   <translation>与标签的一致率</translation>
  </message>
  <message>
   <source>mean IoU per image</source>
   <translation>每张图像的平均 IoU</translation>
  </message>
  <message>
   <source>new class {name}</source>
   <translation>新增类别“{name}”</translation>
  </message>
  <message>
   <source>without class {name}</source>
   <translation>没有类别“{name}”</translation>
  </message>
  <message numerus="yes">
   <source>{run} against {base}: cannot be told from %n image(s) that both were judged on.</source>
   <translation>
    <numerusform>{run} 与 {base} 相比：两者共同评估过的图像只有 %n 张，无法判断。</numerusform>
   </translation>
  </message>
  <message>
   <source>{run} against {base}: within noise. The difference in {what} is likely between {low} and {high} points, judged on {count} images.</source>
   <translation>{run} 与 {base} 相比：差异在噪声范围内。在 {count} 张图像上评测，{what}之差很可能在 {low} 到 {high} 个百分点之间。</translation>
  </message>
  <message>
   <source>{run} against {base}: {list}.</source>
   <translation>{run} 与 {base} 相比：{list}。</translation>
  </message>
  <message>
   <source>{run} and {base} are as right in {what} on each of {count} images.</source>
   <translation>{run} 与 {base} 在 {count} 张图像上的{what}完全一样。</translation>
  </message>
  <message>
   <source>{run} and {base} have no validation image in common that neither learned from: whether one is better cannot be told.</source>
   <translation>{run} 和 {base} 没有双方都未训练过的共同验证集图像，无法判断哪个更好。</translation>
  </message>
  <message>
   <source>{run} is better than {base} by {points} points in {what} (likely between {low} and {high}), judged on {count} images.</source>
   <translation>{run} 优于 {base}：在 {count} 张图像上评测，高出 {points} 个百分点（按{what}计，很可能在 {low} 到 {high} 之间）。</translation>
  </message>
  <message>
   <source>{run} is worse than {base} by {points} points in {what} (the difference is likely between {low} and {high}), judged on {count} images.</source>
   <translation>{run} 不如 {base}：在 {count} 张图像上评测，低了 {points} 个百分点（按{what}计，差值很可能在 {low} 到 {high} 之间）。</translation>
  </message>
  <message>
   <source>{run} saw the same images with the same labels as {base}.</source>
   <translation>{run} 与 {base} 使用相同的图像和相同的标注。</translation>
  </message>
 </context>
 <context>
  <name>ComparisonDialog</name>
  <message>
   <source>Compare runs</source>
   <translation>比较运行</translation>
  </message>
  <message>
   <source>Compared with</source>
   <translation>比较基准</translation>
  </message>
  <message>
   <source>Images</source>
   <translation>图像</translation>
  </message>
  <message>
   <source>Reading…</source>
   <translation>正在读取…</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <source>The same.</source>
   <translation>相同。</translation>
  </message>
  <message>
   <source>Which is better</source>
   <translation>哪个更好</translation>
  </message>
 </context>
 <context>
  <name>ConfusionView</name>
  <message>
   <source>Background</source>
   <translation>背景</translation>
  </message>
  <message>
   <source>Confusion matrix</source>
   <translation>混淆矩阵</translation>
  </message>
  <message>
   <source>Predicted →</source>
   <translation>预测 →</translation>
  </message>
  <message>
   <source>True ↓</source>
   <translation>真值 ↓</translation>
  </message>
  <message>
   <source>{count} of {true} named rightly ({part})</source>
   <translation>“{true}”中有 {count} 个识别正确（{part}）</translation>
  </message>
  <message>
   <source>{count} of {true} taken for {found} ({part} of {true})</source>
   <translation>“{true}”中有 {count} 个被当作“{found}”（占“{true}”的 {part}）</translation>
  </message>
 </context>
 <context>
  <name>CurveDialog</name>
  <message numerus="yes">
   <source>%n more labelled</source>
   <translation>
    <numerusform>再标注 %n 张</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n training(s) to go. You may close this and label meanwhile.</source>
   <translation>
    <numerusform>还有 %n 次训练。可以关闭此窗口，同时继续标注。</numerusform>
   </translation>
  </message>
  <message>
   <source>Cancel measuring</source>
   <translation>取消测量</translation>
  </message>
  <message>
   <source>Fitted curve</source>
   <translation>拟合曲线</translation>
  </message>
  <message>
   <source>It has been measured with the present settings and labels.</source>
   <translation>已用当前的设置和标注测量过。</translation>
  </message>
  <message>
   <source>Learning curve: {task}</source>
   <translation>学习曲线：{task}</translation>
  </message>
  <message>
   <source>Measure learning curve</source>
   <translation>测量学习曲线</translation>
  </message>
  <message numerus="yes">
   <source>Measuring would not tell it either: only %n image(s) would judge. Label more, or put more images into validation.</source>
   <translation>
    <numerusform>测量也无法看出来：只有 %n 张图像用于评测。请再标注一些，或将更多图像放入验证集。</numerusform>
   </translation>
  </message>
  <message>
   <source>Reading…</source>
   <translation>正在读取…</translation>
  </message>
  <message>
   <source>Runs</source>
   <translation>运行</translation>
  </message>
  <message>
   <source>Show all (double click)</source>
   <translation>显示全部（双击）</translation>
  </message>
  <message>
   <source>Takes what waits off the list and pauses the training under way</source>
   <translation>从列表中移除等待的训练，并暂停正在进行的训练</translation>
  </message>
  <message>
   <source>To measure it, label enough to train first.</source>
   <translation>要测量它，请先标注足够训练的图像。</translation>
  </message>
  <message>
   <source>Training images</source>
   <translation>训练图像</translation>
  </message>
  <message>
   <source>{metric} by number of images</source>
   <translation>{metric}：随图像数量的变化</translation>
  </message>
  <message>
   <source>{metric} in %</source>
   <translation>{metric}（%）</translation>
  </message>
 </context>
 <context>
  <name>DatasetWorkspace</name>
  <message>
   <source>1 to 9 give the chosen objects their class, Shift+E a note and attributes; Enter goes to the image</source>
   <translation>按 1 到 9 为选中的对象指定类别，按 Shift+E 填写备注和属性，按 Enter 转到图像</translation>
  </message>
  <message>
   <source>Click a bar to see the images it counts</source>
   <translation>单击柱条，查看其中的图像</translation>
  </message>
  <message>
   <source>Enter goes to the image; every repair can be undone</source>
   <translation>按 Enter 转到图像；每次修复都可撤销</translation>
  </message>
  <message>
   <source>Objects</source>
   <translation>对象</translation>
  </message>
  <message>
   <source>Quality</source>
   <translation>质量</translation>
  </message>
  <message>
   <source>Statistics</source>
   <translation>统计</translation>
  </message>
 </context>
 <context>
  <name>DescribeDialog</name>
  <message numerus="yes">
   <source>%n shape(s)</source>
   <translation>
    <numerusform>%n 个形状</numerusform>
   </translation>
  </message>
  <message>
   <source>Add attribute</source>
   <translation>添加属性</translation>
  </message>
  <message>
   <source>Anything worth knowing about this object</source>
   <translation>关于此对象值得记录的内容</translation>
  </message>
  <message>
   <source>Attributes</source>
   <translation>属性</translation>
  </message>
  <message>
   <source>Different values</source>
   <translation>值不一致</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>备注</translation>
  </message>
  <message>
   <source>Note and attributes</source>
   <translation>备注和属性</translation>
  </message>
  <message>
   <source>Remove attribute</source>
   <translation>移除属性</translation>
  </message>
  <message>
   <source>Several notes; what you type replaces them all</source>
   <translation>有多条备注，输入内容会将其全部替换</translation>
  </message>
  <message>
   <source>Value</source>
   <translation>值</translation>
  </message>
 </context>
 <context>
  <name>Desk</name>
  <message numerus="yes">
   <source>%n kept back: you have labelled the same there already.</source>
   <translation>
    <numerusform>%n 个未采用：您在那里已有相同的标注。</numerusform>
   </translation>
  </message>
  <message>
   <source>This picture is not part of the project. Accepting or rejecting adds it.</source>
   <translation>这张图片不属于本项目。接受或拒绝预测后会将其加入。</translation>
  </message>
 </context>
 <context>
  <name>DetailPage</name>
  <message>
   <source>is {true}; the model says {found}</source>
   <translation>真值为 {true}，模型判断为 {found}</translation>
  </message>
 </context>
 <context>
  <name>DropZone</name>
  <message>
   <source>Drop a folder of images here</source>
   <translation>将图像文件夹拖放到这里</translation>
  </message>
  <message>
   <source>New project from a folder…</source>
   <translation>从文件夹新建项目…</translation>
  </message>
  <message>
   <source>They stay where they are and are never changed.</source>
   <translation>图像留在原处，绝不会被修改。</translation>
  </message>
 </context>
 <context>
  <name>Durations</name>
  <message>
   <source>{seconds} s</source>
   <translation>{seconds} 秒</translation>
  </message>
  <message>
   <source>{time} h</source>
   <translation>{time} 小时</translation>
  </message>
  <message>
   <source>{time} min</source>
   <translation>{time} 分钟</translation>
  </message>
 </context>
 <context>
  <name>Edits</name>
  <message>
   <source>Accept predictions</source>
   <translation>接受预测</translation>
  </message>
  <message>
   <source>Add class</source>
   <translation>添加类别</translation>
  </message>
  <message>
   <source>Add vertex</source>
   <translation>添加顶点</translation>
  </message>
  <message>
   <source>Assign split</source>
   <translation>分配子集</translation>
  </message>
  <message>
   <source>Change attributes</source>
   <translation>更改属性</translation>
  </message>
  <message>
   <source>Change class</source>
   <translation>更改类别</translation>
  </message>
  <message>
   <source>Change note</source>
   <translation>更改备注</translation>
  </message>
  <message>
   <source>Change order</source>
   <translation>更改顺序</translation>
  </message>
  <message>
   <source>Change setting</source>
   <translation>更改设置</translation>
  </message>
  <message>
   <source>Change tag mode</source>
   <translation>更改标签模式</translation>
  </message>
  <message>
   <source>Convert shape</source>
   <translation>转换形状</translation>
  </message>
  <message>
   <source>Copy previous image's shapes</source>
   <translation>复制上一张图像的形状</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Delete class</source>
   <translation>删除类别</translation>
  </message>
  <message>
   <source>Delete vertex</source>
   <translation>删除顶点</translation>
  </message>
  <message>
   <source>Done for one class</source>
   <translation>单个类别完成标记</translation>
  </message>
  <message>
   <source>Draw box</source>
   <translation>绘制边界框</translation>
  </message>
  <message>
   <source>Draw line</source>
   <translation>绘制折线</translation>
  </message>
  <message>
   <source>Draw polygon</source>
   <translation>绘制多边形</translation>
  </message>
  <message>
   <source>Draw rotated box</source>
   <translation>绘制旋转框</translation>
  </message>
  <message>
   <source>Duplicate</source>
   <translation>创建副本</translation>
  </message>
  <message>
   <source>Erase from mask</source>
   <translation>擦除掩码</translation>
  </message>
  <message>
   <source>Fill holes</source>
   <translation>填充孔洞</translation>
  </message>
  <message>
   <source>Group classes</source>
   <translation>类别分组</translation>
  </message>
  <message>
   <source>Hide or show</source>
   <translation>隐藏或显示</translation>
  </message>
  <message>
   <source>Ignore in training</source>
   <translation>训练时忽略</translation>
  </message>
  <message>
   <source>Import</source>
   <translation>导入</translation>
  </message>
  <message>
   <source>Interpolate</source>
   <translation>插值</translation>
  </message>
  <message>
   <source>Intersect</source>
   <translation>相交</translation>
  </message>
  <message>
   <source>Join</source>
   <translation>组合</translation>
  </message>
  <message>
   <source>Lock or unlock</source>
   <translation>锁定或解锁</translation>
  </message>
  <message>
   <source>Mark image</source>
   <translation>标记图像</translation>
  </message>
  <message>
   <source>Merge classes</source>
   <translation>合并类别</translation>
  </message>
  <message>
   <source>Move</source>
   <translation>移动</translation>
  </message>
  <message>
   <source>Move vertex</source>
   <translation>移动顶点</translation>
  </message>
  <message>
   <source>Paint mask</source>
   <translation>绘制掩码</translation>
  </message>
  <message>
   <source>Paste</source>
   <translation>粘贴</translation>
  </message>
  <message>
   <source>Recolour class</source>
   <translation>更改类别颜色</translation>
  </message>
  <message>
   <source>Redraw outline</source>
   <translation>重画轮廓</translation>
  </message>
  <message>
   <source>Reject predictions</source>
   <translation>拒绝预测</translation>
  </message>
  <message>
   <source>Remove images</source>
   <translation>移除图像</translation>
  </message>
  <message>
   <source>Remove tag</source>
   <translation>移除标签</translation>
  </message>
  <message>
   <source>Rename class</source>
   <translation>重命名类别</translation>
  </message>
  <message>
   <source>Reorder classes</source>
   <translation>调整类别顺序</translation>
  </message>
  <message>
   <source>Repair</source>
   <translation>修复</translation>
  </message>
  <message>
   <source>Resize</source>
   <translation>调整大小</translation>
  </message>
  <message>
   <source>Restore labels</source>
   <translation>恢复标注</translation>
  </message>
  <message>
   <source>Revert edit</source>
   <translation>撤回修改</translation>
  </message>
  <message>
   <source>Rotate</source>
   <translation>旋转</translation>
  </message>
  <message>
   <source>Set points</source>
   <translation>设置关键点</translation>
  </message>
  <message>
   <source>Simplify outline</source>
   <translation>简化轮廓</translation>
  </message>
  <message>
   <source>Slice</source>
   <translation>切割</translation>
  </message>
  <message>
   <source>Split off class</source>
   <translation>拆出类别</translation>
  </message>
  <message>
   <source>Stop ignoring</source>
   <translation>不再忽略</translation>
  </message>
  <message>
   <source>Subtract</source>
   <translation>减去</translation>
  </message>
  <message>
   <source>Tag</source>
   <translation>打标签</translation>
  </message>
  <message>
   <source>Take overlap away</source>
   <translation>去除重叠</translation>
  </message>
  <message>
   <source>Unite</source>
   <translation>合并</translation>
  </message>
 </context>
 <context>
  <name>EntryModel</name>
  <message numerus="yes">
   <source>%n change(s)</source>
   <translation>
    <numerusform>%n 处修改</numerusform>
   </translation>
  </message>
  <message>
   <source>Redo: {edit}</source>
   <translation>重做：{edit}</translation>
  </message>
  <message>
   <source>Undo: {edit}</source>
   <translation>撤销：{edit}</translation>
  </message>
  <message>
   <source>several images</source>
   <translation>多张图像</translation>
  </message>
 </context>
 <context>
  <name>ExportDialog</name>
  <message numerus="yes">
   <source>%n image(s) exported to {folder}.</source>
   <translation>
    <numerusform>已将 %n 张图像导出到 {folder}。</numerusform>
   </translation>
  </message>
  <message>
   <source>A folder</source>
   <translation>文件夹</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>导出</translation>
  </message>
  <message>
   <source>Export labels</source>
   <translation>导出标注</translation>
  </message>
  <message>
   <source>Export to</source>
   <translation>导出到</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>文件夹</translation>
  </message>
  <message>
   <source>Folder…</source>
   <translation>文件夹…</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>格式</translation>
  </message>
  <message>
   <source>Open the folder</source>
   <translation>打开文件夹</translation>
  </message>
  <message>
   <source>The folder is made if it is not there.</source>
   <translation>文件夹不存在时会自动创建。</translation>
  </message>
  <message>
   <source>The pictures are copied into it; your own stay as they are.</source>
   <translation>图片会复制到其中，原来的图片保持不变。</translation>
  </message>
 </context>
 <context>
  <name>Fields</name>
  <message>
   <source>As augmentation says</source>
   <translation>随数据增强强度</translation>
  </message>
  <message>
   <source>As often as common ones</source>
   <translation>与常见类别一样多</translation>
  </message>
  <message>
   <source>As the model has it</source>
   <translation>模型自带的值</translation>
  </message>
  <message>
   <source>Augmentation</source>
   <translation>数据增强</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <source>Average of the weights (EMA)</source>
   <translation>权重滑动平均（EMA）</translation>
  </message>
  <message>
   <source>Batch normalisation by</source>
   <translation>批归一化使用</translation>
  </message>
  <message>
   <source>Batch size</source>
   <translation>批大小</translation>
  </message>
  <message>
   <source>Binary cross-entropy</source>
   <translation>二元交叉熵</translation>
  </message>
  <message>
   <source>Binary cross-entropy and Dice</source>
   <translation>二元交叉熵 + Dice</translation>
  </message>
  <message>
   <source>Blur</source>
   <translation>模糊</translation>
  </message>
  <message>
   <source>Brightness</source>
   <translation>亮度</translation>
  </message>
  <message>
   <source>Changes of training images</source>
   <translation>训练图像的变化</translation>
  </message>
  <message>
   <source>Compile the model</source>
   <translation>编译模型</translation>
  </message>
  <message>
   <source>Computer and data</source>
   <translation>电脑与数据</translation>
  </message>
  <message>
   <source>Constant</source>
   <translation>恒定</translation>
  </message>
  <message>
   <source>Contrast</source>
   <translation>对比度</translation>
  </message>
  <message>
   <source>Cosine</source>
   <translation>余弦</translation>
  </message>
  <message>
   <source>Cross-entropy</source>
   <translation>交叉熵</translation>
  </message>
  <message>
   <source>Cross-entropy and Dice</source>
   <translation>交叉熵 + Dice</translation>
  </message>
  <message>
   <source>CutMix</source>
   <translation>CutMix</translation>
  </message>
  <message>
   <source>Decay of the average</source>
   <translation>滑动平均衰减率</translation>
  </message>
  <message>
   <source>Deterministic</source>
   <translation>确定性计算</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>设备</translation>
  </message>
  <message>
   <source>Dice</source>
   <translation>Dice</translation>
  </message>
  <message>
   <source>Dropout</source>
   <translation>Dropout</translation>
  </message>
  <message>
   <source>Each batch's statistics</source>
   <translation>每批的统计量</translation>
  </message>
  <message>
   <source>Epochs</source>
   <translation>轮数</translation>
  </message>
  <message>
   <source>Epochs with only the new layers training</source>
   <translation>只训练新层的轮数</translation>
  </message>
  <message>
   <source>Fewest epochs</source>
   <translation>最少轮数</translation>
  </message>
  <message>
   <source>First weights</source>
   <translation>初始权重</translation>
  </message>
  <message>
   <source>Focal</source>
   <translation>Focal</translation>
  </message>
  <message>
   <source>Focal gamma</source>
   <translation>Focal gamma</translation>
  </message>
  <message>
   <source>From scratch</source>
   <translation>从头训练</translation>
  </message>
  <message>
   <source>Frozen layers</source>
   <translation>冻结的层</translation>
  </message>
  <message>
   <source>Generalised IoU of boxes</source>
   <translation>边界框 GIoU</translation>
  </message>
  <message>
   <source>Gradient clipping</source>
   <translation>梯度裁剪</translation>
  </message>
  <message>
   <source>Hue</source>
   <translation>色相</translation>
  </message>
  <message>
   <source>Image size</source>
   <translation>图像大小</translation>
  </message>
  <message>
   <source>In steps</source>
   <translation>阶梯式</translation>
  </message>
  <message>
   <source>Label smoothing</source>
   <translation>标签平滑</translation>
  </message>
  <message>
   <source>Learning rate</source>
   <translation>学习率</translation>
  </message>
  <message>
   <source>Learning rate of pretrained layers (× the rate)</source>
   <translation>预训练层的学习率（× 学习率）</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>轻度</translation>
  </message>
  <message>
   <source>Like the others</source>
   <translation>与其他类别相同</translation>
  </message>
  <message>
   <source>Logs for TensorBoard</source>
   <translation>TensorBoard 日志</translation>
  </message>
  <message>
   <source>Loss</source>
   <translation>损失函数</translation>
  </message>
  <message>
   <source>Loss and rare classes</source>
   <translation>损失与稀有类别</translation>
  </message>
  <message>
   <source>Medium</source>
   <translation>中度</translation>
  </message>
  <message>
   <source>Micro-batch</source>
   <translation>微批大小</translation>
  </message>
  <message>
   <source>Mirror left to right</source>
   <translation>水平翻转</translation>
  </message>
  <message>
   <source>Mirror upside down</source>
   <translation>垂直翻转</translation>
  </message>
  <message>
   <source>Mixed precision</source>
   <translation>混合精度</translation>
  </message>
  <message>
   <source>Mixup</source>
   <translation>Mixup</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Momentum</source>
   <translation>动量</translation>
  </message>
  <message>
   <source>More often, by square root</source>
   <translation>按平方根增加</translation>
  </message>
  <message>
   <source>More, by effective number</source>
   <translation>按有效样本数加权</translation>
  </message>
  <message>
   <source>More, by square root</source>
   <translation>按平方根加权</translation>
  </message>
  <message>
   <source>Mosaic</source>
   <translation>Mosaic</translation>
  </message>
  <message>
   <source>Nesterov momentum</source>
   <translation>Nesterov 动量</translation>
  </message>
  <message>
   <source>Never</source>
   <translation>从不</translation>
  </message>
  <message>
   <source>Noise</source>
   <translation>噪声</translation>
  </message>
  <message>
   <source>None</source>
   <translation>无</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>关</translation>
  </message>
  <message>
   <source>On</source>
   <translation>开</translation>
  </message>
  <message>
   <source>On a plateau</source>
   <translation>停滞时降低</translation>
  </message>
  <message>
   <source>Optimizer</source>
   <translation>优化器</translation>
  </message>
  <message>
   <source>Part for validation</source>
   <translation>验证集比例</translation>
  </message>
  <message>
   <source>Part of the training images</source>
   <translation>使用的训练图像比例</translation>
  </message>
  <message>
   <source>Patience</source>
   <translation>早停耐心</translation>
  </message>
  <message>
   <source>Polynomial</source>
   <translation>多项式</translation>
  </message>
  <message>
   <source>Pretrained</source>
   <translation>预训练</translation>
  </message>
  <message>
   <source>Pretrained statistics</source>
   <translation>预训练的统计量</translation>
  </message>
  <message>
   <source>Quarter turns</source>
   <translation>90° 旋转</translation>
  </message>
  <message>
   <source>RandAugment</source>
   <translation>RandAugment</translation>
  </message>
  <message>
   <source>Random erasing</source>
   <translation>随机擦除</translation>
  </message>
  <message>
   <source>Rare classes are shown</source>
   <translation>稀有类别采样</translation>
  </message>
  <message>
   <source>Rare classes count</source>
   <translation>稀有类别权重</translation>
  </message>
  <message>
   <source>Reading processes</source>
   <translation>读取进程数</translation>
  </message>
  <message>
   <source>Rotation (degrees)</source>
   <translation>旋转（度）</translation>
  </message>
  <message>
   <source>Saturation</source>
   <translation>饱和度</translation>
  </message>
  <message>
   <source>Schedule</source>
   <translation>学习率调度</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>随机种子</translation>
  </message>
  <message>
   <source>Shear (degrees)</source>
   <translation>错切（度）</translation>
  </message>
  <message>
   <source>Smallest crop</source>
   <translation>最小裁剪比例</translation>
  </message>
  <message>
   <source>Steps and learning rate</source>
   <translation>优化与学习率</translation>
  </message>
  <message>
   <source>Strong</source>
   <translation>重度</translation>
  </message>
  <message>
   <source>The model's usual one</source>
   <translation>模型默认</translation>
  </message>
  <message>
   <source>The whole batch</source>
   <translation>整批</translation>
  </message>
  <message>
   <source>Tiles</source>
   <translation>图块</translation>
  </message>
  <message>
   <source>Warm-up steps</source>
   <translation>预热步数</translation>
  </message>
  <message>
   <source>Weight decay</source>
   <translation>权重衰减</translation>
  </message>
  <message>
   <source>Weights</source>
   <translation>权重</translation>
  </message>
  <message>
   <source>Whole images</source>
   <translation>整张图像</translation>
  </message>
  <message>
   <source>Zoom</source>
   <translation>缩放</translation>
  </message>
  <message>
   <source>at most {count}</source>
   <translation>最多 {count}</translation>
  </message>
 </context>
 <context>
  <name>FilmStrip</name>
  <message>
   <source>Images</source>
   <translation>图像</translation>
  </message>
 </context>
 <context>
  <name>FilterBar</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n 张图像</numerusform>
   </translation>
  </message>
  <message>
   <source>At random</source>
   <translation>随机</translation>
  </message>
  <message>
   <source>By date</source>
   <translation>按日期</translation>
  </message>
  <message>
   <source>By highest loss</source>
   <translation>按损失从高到低</translation>
  </message>
  <message>
   <source>By note</source>
   <translation>按备注</translation>
  </message>
  <message>
   <source>By number of shapes</source>
   <translation>按形状数量</translation>
  </message>
  <message>
   <source>By path</source>
   <translation>按路径</translation>
  </message>
  <message>
   <source>By problem</source>
   <translation>按问题</translation>
  </message>
  <message>
   <source>By size</source>
   <translation>按大小</translation>
  </message>
  <message>
   <source>By split</source>
   <translation>按子集</translation>
  </message>
  <message>
   <source>By state</source>
   <translation>按状态</translation>
  </message>
  <message>
   <source>By tag</source>
   <translation>按标签</translation>
  </message>
  <message>
   <source>By weakest prediction</source>
   <translation>按置信度最低的预测</translation>
  </message>
  <message>
   <source>Order</source>
   <translation>排序</translation>
  </message>
  <message>
   <source>Reverse the order</source>
   <translation>反转顺序</translation>
  </message>
  <message>
   <source>Search images</source>
   <translation>搜索图像</translation>
  </message>
  <message>
   <source>Search: a name, class:car, state:new, shapes&gt;20 …</source>
   <translation>搜索：名称、class:car、state:new、shapes&gt;20…</translation>
  </message>
  <message>
   <source>Searching…</source>
   <translation>正在搜索…</translation>
  </message>
  <message>
   <source>Size of the thumbnails</source>
   <translation>缩略图大小</translation>
  </message>
  <message>
   <source>There is no class called {name}.</source>
   <translation>没有名为“{name}”的类别。</translation>
  </message>
  <message>
   <source>What the search box understands</source>
   <translation>搜索语法</translation>
  </message>
 </context>
 <context>
  <name>FilterMenu</name>
  <message>
   <source>Class</source>
   <translation>类别</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>Filter</source>
   <translation>筛选</translation>
  </message>
  <message>
   <source>Filter by class, state, split and more</source>
   <translation>按类别、状态、子集等筛选</translation>
  </message>
  <message>
   <source>In progress</source>
   <translation>进行中</translation>
  </message>
  <message>
   <source>New</source>
   <translation>待办</translation>
  </message>
  <message>
   <source>No split yet</source>
   <translation>未分配</translation>
  </message>
  <message>
   <source>Skipped</source>
   <translation>已跳过</translation>
  </message>
  <message>
   <source>Split</source>
   <translation>子集</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
  <message>
   <source>With a missing file</source>
   <translation>文件缺失</translation>
  </message>
  <message>
   <source>With a note</source>
   <translation>有备注</translation>
  </message>
  <message>
   <source>With labels</source>
   <translation>有标注</translation>
  </message>
  <message>
   <source>With predictions</source>
   <translation>有预测</translation>
  </message>
  <message>
   <source>With problems</source>
   <translation>有问题</translation>
  </message>
  <message>
   <source>Without labels</source>
   <translation>无标注</translation>
  </message>
 </context>
 <context>
  <name>FindingDelegate</name>
  <message>
   <source>Accept (Enter)</source>
   <translation>接受（Enter）</translation>
  </message>
  <message>
   <source>Kept back: you have labelled the same here already.</source>
   <translation>已保留不提：您已在此处标注了相同内容。</translation>
  </message>
  <message>
   <source>Reject (X)</source>
   <translation>拒绝（X）</translation>
  </message>
 </context>
 <context>
  <name>FindingRow</name>
  <message>
   <source>Opens the image in Label</source>
   <translation>在“标注”中打开该图像</translation>
  </message>
  <message>
   <source>Show in Label</source>
   <translation>在“标注”中查看</translation>
  </message>
 </context>
 <context>
  <name>FinerOptions</name>
  <message>
   <source>Find a learning rate…</source>
   <translation>查找学习率…</translation>
  </message>
  <message>
   <source>Tries growing learning rates for some steps and shows where the loss falls</source>
   <translation>在若干步内试用逐渐增大的学习率，显示损失在何处下降</translation>
  </message>
 </context>
 <context>
  <name>Gallery</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n 张图像</numerusform>
   </translation>
  </message>
  <message>
   <source>Show all images again</source>
   <translation>重新显示所有图像</translation>
  </message>
  <message>
   <source>Worst first</source>
   <translation>最差的在前</translation>
  </message>
  <message>
   <source>outlined: labelled, filled: predicted</source>
   <translation>轮廓：标注，填充：预测</translation>
  </message>
  <message>
   <source>{file}
Wrong by {part}</source>
   <translation>{file}
误差 {part}</translation>
  </message>
 </context>
 <context>
  <name>GridDelegate</name>
  <message>
   <source>test</source>
   <translation>测试</translation>
  </message>
  <message>
   <source>train</source>
   <translation>训练</translation>
  </message>
  <message>
   <source>val</source>
   <translation>验证</translation>
  </message>
 </context>
 <context>
  <name>Header</name>
  <message>
   <source>&amp;Edit</source>
   <translation>编辑(&amp;E)</translation>
  </message>
  <message>
   <source>&amp;File</source>
   <translation>文件(&amp;F)</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>帮助(&amp;H)</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>视图(&amp;V)</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>语言</translation>
  </message>
  <message>
   <source>Recent projects</source>
   <translation>最近的项目</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>主题</translation>
  </message>
 </context>
 <context>
  <name>HeadingMenu</name>
  <message>
   <source>Dissolve group</source>
   <translation>解散分组</translation>
  </message>
  <message>
   <source>Rename group…</source>
   <translation>重命名分组…</translation>
  </message>
 </context>
 <context>
  <name>HeatMap</name>
  <message>
   <source>{percent} of the objects lie here</source>
   <translation>{percent} 的对象位于此处</translation>
  </message>
 </context>
 <context>
  <name>HistoryDialog</name>
  <message>
   <source>Changes, newest first</source>
   <translation>修改记录，最新的在前</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>History</source>
   <translation>历史记录</translation>
  </message>
  <message>
   <source>Nothing has been changed yet.</source>
   <translation>还没有任何修改。</translation>
  </message>
  <message>
   <source>Only this image</source>
   <translation>仅此图像</translation>
  </message>
  <message>
   <source>Restore this image to this moment</source>
   <translation>将此图像恢复到这一刻</translation>
  </message>
  <message>
   <source>Search changes</source>
   <translation>搜索修改</translation>
  </message>
  <message>
   <source>Take back only this change</source>
   <translation>仅撤回此项修改</translation>
  </message>
  <message>
   <source>This image's labels are now as they were then.</source>
   <translation>此图像的标注现在与当时相同。</translation>
  </message>
 </context>
 <context>
  <name>ImageBar</name>
  <message>
   <source>Done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>In progress</source>
   <translation>进行中</translation>
  </message>
  <message>
   <source>New</source>
   <translation>待办</translation>
  </message>
  <message>
   <source>Skipped</source>
   <translation>已跳过</translation>
  </message>
  <message>
   <source>The picture is shown altered; its file is as it was.</source>
   <translation>图片的显示效果已调整，文件本身未变。</translation>
  </message>
  <message>
   <source>View</source>
   <translation>视图</translation>
  </message>
  <message>
   <source>View: altered</source>
   <translation>视图：已调整</translation>
  </message>
 </context>
 <context>
  <name>ImageGrid</name>
  <message>
   <source>Images</source>
   <translation>图像</translation>
  </message>
 </context>
 <context>
  <name>ImageNote</name>
  <message>
   <source>Edit note…</source>
   <translation>编辑备注…</translation>
  </message>
 </context>
 <context>
  <name>ImageTableModel</name>
  <message>
   <source>Date</source>
   <translation>日期</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>In progress</source>
   <translation>进行中</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>New</source>
   <translation>待办</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>备注</translation>
  </message>
  <message>
   <source>Problem</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>Shapes</source>
   <translation>形状</translation>
  </message>
  <message>
   <source>Size in pixels</source>
   <translation>像素尺寸</translation>
  </message>
  <message>
   <source>Skipped</source>
   <translation>已跳过</translation>
  </message>
  <message>
   <source>Split</source>
   <translation>子集</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
  <message>
   <source>Tags</source>
   <translation>标签</translation>
  </message>
 </context>
 <context>
  <name>ImagesWorkspace</name>
  <message>
   <source>Add folder of images…</source>
   <translation>添加图像文件夹…</translation>
  </message>
  <message>
   <source>Clear filter</source>
   <translation>清除筛选</translation>
  </message>
  <message>
   <source>Double-click an image to label it; drag or Shift+click to select several</source>
   <translation>双击图像进行标注；拖动或按住 Shift 单击可选择多张</translation>
  </message>
  <message>
   <source>Images</source>
   <translation>图像</translation>
  </message>
  <message>
   <source>No image matches the filter.</source>
   <translation>没有符合筛选条件的图像。</translation>
  </message>
  <message>
   <source>This project has no images yet. Add a folder, or drop one on the window.</source>
   <translation>此项目还没有图像。请添加文件夹，或将文件夹拖到窗口中。</translation>
  </message>
 </context>
 <context>
  <name>ImportDialog</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n 张图像</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n problem(s):</source>
   <translation>
    <numerusform>%n 个问题：</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s)</source>
   <translation>
    <numerusform>%n 个形状</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n tag(s)</source>
   <translation>
    <numerusform>%n 个标签</numerusform>
   </translation>
  </message>
  <message>
   <source>, </source>
   <translation>、</translation>
  </message>
  <message>
   <source>A file or folder</source>
   <translation>文件或文件夹</translation>
  </message>
  <message>
   <source>As the data says</source>
   <translation>以数据为准</translation>
  </message>
  <message>
   <source>Beside the labels</source>
   <translation>与标注在同一位置</translation>
  </message>
  <message>
   <source>Choose a file</source>
   <translation>选择文件</translation>
  </message>
  <message>
   <source>Choose a folder</source>
   <translation>选择文件夹</translation>
  </message>
  <message>
   <source>Class names</source>
   <translation>类别名称</translation>
  </message>
  <message>
   <source>File…</source>
   <translation>文件…</translation>
  </message>
  <message>
   <source>Folder…</source>
   <translation>文件夹…</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>格式</translation>
  </message>
  <message>
   <source>Found by itself</source>
   <translation>自动查找</translation>
  </message>
  <message>
   <source>Image files stay where they are. An import can be undone in one step.</source>
   <translation>图像文件留在原处。导入可以一步撤销。</translation>
  </message>
  <message>
   <source>Images</source>
   <translation>图像</translation>
  </message>
  <message>
   <source>Import</source>
   <translation>导入</translation>
  </message>
  <message>
   <source>Import labels</source>
   <translation>导入标注</translation>
  </message>
  <message>
   <source>Imported: {counts}.</source>
   <translation>已导入：{counts}。</translation>
  </message>
  <message>
   <source>Labels</source>
   <translation>标注</translation>
  </message>
  <message>
   <source>None</source>
   <translation>无</translation>
  </message>
  <message>
   <source>Pixel value to ignore</source>
   <translation>忽略的像素值</translation>
  </message>
  <message>
   <source>Recognised as {format}.</source>
   <translation>已识别格式：{format}。</translation>
  </message>
  <message>
   <source>Split</source>
   <translation>子集</translation>
  </message>
 </context>
 <context>
  <name>InteractiveModelRow</name>
  <message>
   <source>Choose…</source>
   <translation>选择…</translation>
  </message>
  <message>
   <source>Encoder and decoder of one model: two files</source>
   <translation>同一模型的编码器和解码器（两个文件）</translation>
  </message>
  <message>
   <source>None</source>
   <translation>无</translation>
  </message>
  <message>
   <source>ONNX models (*.onnx)</source>
   <translation>ONNX 模型 (*.onnx)</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>The other file: encoder or decoder of the same model</source>
   <translation>另一个文件：同一模型的编码器或解码器</translation>
  </message>
  <message>
   <source>Trying the model out…</source>
   <translation>正在试运行模型…</translation>
  </message>
  <message>
   <source>With a model of the SAM family (two ONNX files: encoder and decoder), a click on an object cuts it out. The files are copied; nothing is downloaded.</source>
   <translation>使用 SAM 系列模型（两个 ONNX 文件：编码器和解码器），单击对象即可抠取。程序会复制这些文件，不下载任何内容。</translation>
  </message>
 </context>
 <context>
  <name>Interpolating</name>
  <message numerus="yes">
   <source>%n shape(s) put on the images before this one</source>
   <translation>
    <numerusform>已在前面的图像上补上 %n 个形状</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>IssueModel</name>
  <message numerus="yes">
   <source>%n frame(s) of one video are in different splits.</source>
   <translation>
    <numerusform>同一视频的 %n 帧分属不同子集。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) look the same, in different splits.</source>
   <translation>
    <numerusform>%n 张图像看起来相同，却分属不同子集。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) look the same.</source>
   <translation>
    <numerusform>%n 张图像看起来相同。</numerusform>
   </translation>
  </message>
  <message>
   <source>No image shows {name}.</source>
   <translation>没有图像使用“{name}”。</translation>
  </message>
  <message>
   <source>The file has changed since it was read; F5 reads it again.</source>
   <translation>文件在读取后已更改；按 F5 重新读取。</translation>
  </message>
  <message>
   <source>The file is no longer where it was.</source>
   <translation>文件已不在原处。</translation>
  </message>
  <message>
   <source>The outline of {name} crosses itself.</source>
   <translation>“{name}”的轮廓自相交。</translation>
  </message>
  <message>
   <source>{name} has no area.</source>
   <translation>“{name}”没有面积。</translation>
  </message>
  <message>
   <source>{name} is labelled twice in one place.</source>
   <translation>“{name}”在同一处标注了两次。</translation>
  </message>
  <message>
   <source>{name} is less than two pixels wide or high.</source>
   <translation>“{name}”的宽或高不足两个像素。</translation>
  </message>
  <message>
   <source>{name} reaches beyond the image.</source>
   <translation>“{name}”超出图像范围。</translation>
  </message>
 </context>
 <context>
  <name>JobFooter</name>
  <message numerus="yes">
   <source>%n minute(s) left</source>
   <translation>
    <numerusform>剩余 %n 分钟</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n second(s) left</source>
   <translation>
    <numerusform>剩余 %n 秒</numerusform>
   </translation>
  </message>
  <message>
   <source>Evaluating</source>
   <translation>正在评测</translation>
  </message>
  <message>
   <source>Predicting</source>
   <translation>正在预测</translation>
  </message>
  <message>
   <source>Training ends after this step…</source>
   <translation>这一步完成后训练即结束…</translation>
  </message>
  <message>
   <source>Training starts…</source>
   <translation>训练即将开始…</translation>
  </message>
  <message>
   <source>Training, epoch {epoch} of {epochs}</source>
   <translation>正在训练，第 {epoch}/{epochs} 轮</translation>
  </message>
  <message>
   <source>Training, epoch {epoch} of {epochs}, {left}</source>
   <translation>正在训练，第 {epoch}/{epochs} 轮，{left}</translation>
  </message>
  <message>
   <source>Working</source>
   <translation>正在处理</translation>
  </message>
 </context>
 <context>
  <name>KeyOverlay</name>
  <message>
   <source>Any key or a click closes</source>
   <translation>按任意键或单击关闭</translation>
  </message>
  <message>
   <source>Arrows or the wheel turn the page; any other key or a click closes</source>
   <translation>方向键或滚轮翻页，按其他任意键或单击关闭</translation>
  </message>
  <message>
   <source>Keys in use here</source>
   <translation>当前可用的按键</translation>
  </message>
 </context>
 <context>
  <name>KeyRecorder</name>
  <message>
   <source>Press a key…</source>
   <translation>请按键…</translation>
  </message>
 </context>
 <context>
  <name>KeyTable</name>
  <message>
   <source>Action</source>
   <translation>操作</translation>
  </message>
  <message>
   <source>Click and press a key</source>
   <translation>单击后按下新的按键</translation>
  </message>
  <message>
   <source>Everywhere</source>
   <translation>全局</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>键盘快捷键</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>按键</translation>
  </message>
  <message>
   <source>Keys of the tools, which cannot be changed</source>
   <translation>工具按键（不可更改）</translation>
  </message>
  <message>
   <source>no key</source>
   <translation>无按键</translation>
  </message>
 </context>
 <context>
  <name>Keys</name>
  <message>
   <source>A square</source>
   <translation>画正方形</translation>
  </message>
  <message>
   <source>Add to the mask</source>
   <translation>添加到掩码</translation>
  </message>
  <message>
   <source>An occluded point</source>
   <translation>标为被遮挡的点</translation>
  </message>
  <message>
   <source>Arrows</source>
   <translation>方向键</translation>
  </message>
  <message>
   <source>Classes</source>
   <translation>类别</translation>
  </message>
  <message>
   <source>Ctrl+click</source>
   <translation>Ctrl+单击</translation>
  </message>
  <message>
   <source>Ctrl+drag</source>
   <translation>Ctrl+拖动</translation>
  </message>
  <message>
   <source>Delete a vertex</source>
   <translation>删除顶点</translation>
  </message>
  <message>
   <source>Draw freehand</source>
   <translation>手绘</translation>
  </message>
  <message>
   <source>Drop what is in hand</source>
   <translation>放弃当前绘制</translation>
  </message>
  <message>
   <source>Everywhere</source>
   <translation>全局</translation>
  </message>
  <message>
   <source>Finish what is being drawn</source>
   <translation>完成当前绘制</translation>
  </message>
  <message>
   <source>Go on with the next object</source>
   <translation>开始下一个对象</translation>
  </message>
  <message>
   <source>Hold it to move the view</source>
   <translation>按住可移动视图</translation>
  </message>
  <message>
   <source>Images</source>
   <translation>图像</translation>
  </message>
  <message>
   <source>Keep the outline that was found</source>
   <translation>采用找到的轮廓</translation>
  </message>
  <message>
   <source>More</source>
   <translation>其他</translation>
  </message>
  <message>
   <source>Move the selected shapes</source>
   <translation>移动所选形状</translation>
  </message>
  <message>
   <source>Outlines</source>
   <translation>轮廓</translation>
  </message>
  <message>
   <source>Paint what is too much</source>
   <translation>涂掉多余部分</translation>
  </message>
  <message>
   <source>Right-click</source>
   <translation>右键单击</translation>
  </message>
  <message>
   <source>Say what is too much</source>
   <translation>指出多余的部分</translation>
  </message>
  <message>
   <source>Shapes</source>
   <translation>形状</translation>
  </message>
  <message>
   <source>Shift</source>
   <translation>Shift</translation>
  </message>
  <message>
   <source>Shift+click</source>
   <translation>Shift+单击</translation>
  </message>
  <message>
   <source>Shift+drag</source>
   <translation>Shift+拖动</translation>
  </message>
  <message>
   <source>Shift+wheel</source>
   <translation>Shift+滚轮</translation>
  </message>
  <message>
   <source>Size of the brush</source>
   <translation>画笔大小</translation>
  </message>
  <message>
   <source>Steps of 45°</source>
   <translation>以 45° 为步长</translation>
  </message>
  <message>
   <source>Suggestions</source>
   <translation>建议</translation>
  </message>
  <message>
   <source>Take away from the mask</source>
   <translation>从掩码中减去</translation>
  </message>
  <message>
   <source>Take the last point back</source>
   <translation>撤回上一个点</translation>
  </message>
  <message>
   <source>Take the last step of it back</source>
   <translation>撤回当前绘制的上一步</translation>
  </message>
  <message>
   <source>Take the last stroke back</source>
   <translation>撤回上一笔</translation>
  </message>
  <message>
   <source>The other side</source>
   <translation>换另一侧</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>工具</translation>
  </message>
  <message>
   <source>View</source>
   <translation>视图</translation>
  </message>
  <message>
   <source>Wheel</source>
   <translation>滚轮</translation>
  </message>
  <message>
   <source>Zoom</source>
   <translation>缩放</translation>
  </message>
 </context>
 <context>
  <name>LabelWorkspace</name>
  <message>
   <source>Add folder of images…</source>
   <translation>添加图像文件夹…</translation>
  </message>
  <message>
   <source>That was the last image.</source>
   <translation>这是最后一张图像。</translation>
  </message>
  <message>
   <source>This project has no images yet. They stay where they are on your disk.</source>
   <translation>此项目还没有图像。图像会留在磁盘上原来的位置。</translation>
  </message>
 </context>
 <context>
  <name>LearningCurve</name>
  <message numerus="yes">
   <source>%n more labelled image(s) would bring {metric} from {now} to about {then} (likely between {low} and {high}).</source>
   <translation>
    <numerusform>再标注 %n 张图像，{metric} 大约会从 {now} 变为 {then}（很可能在 {low} 到 {high} 之间）。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n run(s)</source>
   <translation>
    <numerusform>%n 次运行</numerusform>
   </translation>
  </message>
  <message>
   <source>Four of five runs would come out within the shaded band.</source>
   <translation>五次运行中有四次会落在阴影范围内。</translation>
  </message>
  <message numerus="yes">
   <source>It takes at most about %n minute(s).</source>
   <translation>
    <numerusform>最多约需 %n 分钟。</numerusform>
   </translation>
  </message>
  <message>
   <source>Measuring trains on random parts of the {images} training images ({parts}), with the settings of the Train page and the same validation images.</source>
   <translation>测量时会用 {images} 张训练图像的随机部分（{parts}）训练，设置与“训练”页相同，验证图像也相同。</translation>
  </message>
  <message>
   <source>Of {labelled} labelled images about {learned} are learned from, the others judge.</source>
   <translation>{labelled} 张标注图像中约 {learned} 张用于训练，其余用于评测。</translation>
  </message>
  <message>
   <source>What more labelled images would bring cannot be told yet.</source>
   <translation>目前还无法估计再标注一些图像会带来什么。</translation>
  </message>
  <message>
   <source>accuracy</source>
   <translation>准确率</translation>
  </message>
  <message numerus="yes">
   <source>judged on %n validation image(s).</source>
   <translation>
    <numerusform>在 %n 张验证图像上评测。</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>LevelCard</name>
  <message>
   <source>Accurate</source>
   <translation>准确</translation>
  </message>
  <message numerus="yes">
   <source>At most %n minute(s) for {epochs} epochs, as measured</source>
   <translation>
    <numerusform>{epochs} 轮最多 %n 分钟（实测）</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>At most about %n minute(s) for {epochs} epochs</source>
   <translation>
    <numerusform>{epochs} 轮最多约 %n 分钟</numerusform>
   </translation>
  </message>
  <message>
   <source>Balanced</source>
   <translation>均衡</translation>
  </message>
  <message>
   <source>Downloaded first ({size} MB)</source>
   <translation>先下载（{size} MB）</translation>
  </message>
  <message>
   <source>Fast</source>
   <translation>快速</translation>
  </message>
  <message>
   <source>Not with the settings below</source>
   <translation>不适用于下方设置</translation>
  </message>
  <message>
   <source>Recommended</source>
   <translation>推荐</translation>
  </message>
  <message>
   <source>Time not measured yet</source>
   <translation>尚未测量用时</translation>
  </message>
  <message>
   <source>{count} GB memory</source>
   <translation>{count} GB 内存</translation>
  </message>
  <message>
   <source>{count} parameters</source>
   <translation>{count}参数</translation>
  </message>
 </context>
 <context>
  <name>LevelCards</name>
  <message>
   <source>All models…</source>
   <translation>全部模型…</translation>
  </message>
  <message>
   <source>Every model of this task, to search and to sort</source>
   <translation>此任务的所有模型，可搜索和排序</translation>
  </message>
 </context>
 <context>
  <name>LevelsEditor</name>
  <message>
   <source>Black from raw value</source>
   <translation>黑场原始值</translation>
  </message>
  <message>
   <source>Drag an end, or between them to move both</source>
   <translation>拖动一端调整，在两端之间拖动可整体移动</translation>
  </message>
  <message>
   <source>Histogram of raw values</source>
   <translation>原始值直方图</translation>
  </message>
  <message>
   <source>This raw value and those above are white</source>
   <translation>不低于此原始值的显示为白色</translation>
  </message>
  <message>
   <source>This raw value and those below are black</source>
   <translation>不高于此原始值的显示为黑色</translation>
  </message>
  <message>
   <source>White from raw value</source>
   <translation>白场原始值</translation>
  </message>
 </context>
 <context>
  <name>Lists</name>
  <message>
   <source>, </source>
   <translation>、</translation>
  </message>
  <message>
   <source>{count} px</source>
   <translation>{count} 像素</translation>
  </message>
  <message>
   <source>{first} {second}</source>
   <translation>{first}{second}</translation>
  </message>
 </context>
 <context>
  <name>Looking</name>
  <message>
   <source>Reading this large picture: {percent}%</source>
   <translation>正在读取这张大图：{percent}%</translation>
  </message>
 </context>
 <context>
  <name>MergeDialog</name>
  <message>
   <source>Classes to merge</source>
   <translation>要合并的类别</translation>
  </message>
  <message>
   <source>Counting…</source>
   <translation>正在统计…</translation>
  </message>
  <message>
   <source>Merge</source>
   <translation>合并</translation>
  </message>
  <message>
   <source>Merge classes</source>
   <translation>合并类别</translation>
  </message>
  <message>
   <source>Nothing uses what becomes “{name}”.</source>
   <translation>没有内容需要改为“{name}”。</translation>
  </message>
  <message>
   <source>The class that stays</source>
   <translation>保留的类别</translation>
  </message>
  <message>
   <source>They all become:</source>
   <translation>全部合并为：</translation>
  </message>
  <message>
   <source>Tick at least two classes.</source>
   <translation>请至少勾选两个类别。</translation>
  </message>
  <message>
   <source>Tick the classes that are one and the same:</source>
   <translation>勾选应视为同一类的类别：</translation>
  </message>
  <message>
   <source>{what} will become “{name}”. One undo brings everything back.</source>
   <translation>{what}将变为“{name}”，一次撤销即可全部恢复。</translation>
  </message>
 </context>
 <context>
  <name>Messages</name>
  <message>
   <source>Something went wrong inside Vision Studio. Your work is stored; you can go on.</source>
   <translation>Vision Studio 内部出错。您的工作已保存，可以继续使用。</translation>
  </message>
 </context>
 <context>
  <name>Metrics</name>
  <message>
   <source>AP</source>
   <translation>AP</translation>
  </message>
  <message>
   <source>AP50</source>
   <translation>AP50</translation>
  </message>
  <message>
   <source>Accuracy</source>
   <translation>准确率</translation>
  </message>
  <message>
   <source>As mAP, but an object counts as right by how near its points are to the true ones (COCO's object keypoint similarity), over ten degrees of nearness.</source>
   <translation>与 mAP 相同，但按关键点与真实位置的接近程度（COCO 的对象关键点相似度 OKS）判断对象是否正确，取十个接近程度的平均。</translation>
  </message>
  <message>
   <source>As mAP, but measured on the objects' masks instead of their boxes.</source>
   <translation>与 mAP 相同，但按对象的掩码而不是边界框计算。</translation>
  </message>
  <message>
   <source>Average precision of this class over ten degrees of fit.</source>
   <translation>此类别在十个重叠阈值上的平均精度。</translation>
  </message>
  <message>
   <source>Average precision of this class's masks over ten degrees of fit.</source>
   <translation>此类别的掩码在十个重叠阈值上的平均精度。</translation>
  </message>
  <message>
   <source>Average precision of this class's masks, half an overlap being enough.</source>
   <translation>此类别掩码的平均精度，重叠过半即可。</translation>
  </message>
  <message>
   <source>Average precision of this class's points over ten degrees of nearness.</source>
   <translation>此类别关键点在十个接近程度上的平均精度。</translation>
  </message>
  <message>
   <source>Average precision of this class's points, roughly right being enough.</source>
   <translation>此类别关键点的平均精度，大致正确即可。</translation>
  </message>
  <message>
   <source>Average precision of this class, half an overlap being enough.</source>
   <translation>此类别的平均精度，重叠过半即可。</translation>
  </message>
  <message>
   <source>Dice</source>
   <translation>Dice</translation>
  </message>
  <message>
   <source>F1</source>
   <translation>F1</translation>
  </message>
  <message>
   <source>F1 of each class, averaged: a rare class counts as much as a frequent one.</source>
   <translation>各类别 F1 的平均值：少见类别与常见类别同等重要。</translation>
  </message>
  <message>
   <source>How well objects and their points are found: average precision over all classes, an object counting as right when its points are roughly where they should be.</source>
   <translation>对象及其关键点找得有多好：所有类别的平均精度，关键点大致在应有位置即算对象正确。</translation>
  </message>
  <message>
   <source>How well objects are found and how tightly their boxes fit: average precision over all classes and over ten degrees of fit from 50% to 95% overlap.</source>
   <translation>对象找得多全、边界框贴合多紧：在所有类别以及 50% 到 95% 的十个重叠阈值上的平均精度。</translation>
  </message>
  <message>
   <source>How well objects are found and outlined: average precision over all classes, a mask counting as right when it overlaps the true one by half or more.</source>
   <translation>对象找得多全、轮廓多准：所有类别的平均精度，掩码与真值重叠一半以上即算正确。</translation>
  </message>
  <message>
   <source>How well objects are found: average precision over all classes, a box counting as right when it overlaps the true one by half or more.</source>
   <translation>对象找得多全：所有类别的平均精度，边界框与真值重叠一半以上即算正确。</translation>
  </message>
  <message>
   <source>Images</source>
   <translation>图像</translation>
  </message>
  <message>
   <source>IoU</source>
   <translation>IoU</translation>
  </message>
  <message>
   <source>Macro F1</source>
   <translation>宏平均 F1</translation>
  </message>
  <message>
   <source>Mask AP</source>
   <translation>掩码 AP</translation>
  </message>
  <message>
   <source>Mask AP50</source>
   <translation>掩码 AP50</translation>
  </message>
  <message>
   <source>Mask mAP</source>
   <translation>掩码 mAP</translation>
  </message>
  <message>
   <source>Mask mAP50</source>
   <translation>掩码 mAP50</translation>
  </message>
  <message>
   <source>OKS AP</source>
   <translation>OKS AP</translation>
  </message>
  <message>
   <source>OKS AP50</source>
   <translation>OKS AP50</translation>
  </message>
  <message>
   <source>OKS mAP</source>
   <translation>OKS mAP</translation>
  </message>
  <message>
   <source>OKS mAP50</source>
   <translation>OKS mAP50</translation>
  </message>
  <message>
   <source>OKS recall</source>
   <translation>OKS 召回率</translation>
  </message>
  <message>
   <source>Objects</source>
   <translation>对象</translation>
  </message>
  <message>
   <source>Of what is this class, the part that the model found.</source>
   <translation>在属于此类别的内容中，模型找到的比例。</translation>
  </message>
  <message>
   <source>Of what the model called this class, the part that is this class.</source>
   <translation>在模型判为此类别的内容中，确属此类别的比例。</translation>
  </message>
  <message>
   <source>Overlap of predicted and true area divided by their union, averaged over classes.</source>
   <translation>预测区域与真实区域的交集除以并集，对各类别取平均。</translation>
  </message>
  <message>
   <source>Overlap of predicted and true area divided by their union.</source>
   <translation>预测区域与真实区域的交集除以并集。</translation>
  </message>
  <message>
   <source>Pixel accuracy</source>
   <translation>像素准确率</translation>
  </message>
  <message>
   <source>Points found</source>
   <translation>找到的关键点</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>精确率</translation>
  </message>
  <message>
   <source>Precision and recall in one number; low as soon as one of them is low.</source>
   <translation>将精确率和召回率合为一个数；任何一个低，它就低。</translation>
  </message>
  <message>
   <source>Recall</source>
   <translation>召回率</translation>
  </message>
  <message>
   <source>The part of all pixels named rightly; high wherever most of the picture is background.</source>
   <translation>所有像素中识别正确的比例；图片大部分是背景时总是很高。</translation>
  </message>
  <message>
   <source>The part of the images whose class the model named rightly.</source>
   <translation>类别识别正确的图像所占的比例。</translation>
  </message>
  <message>
   <source>The part of the true objects that are found with their points in place, averaged over ten degrees of nearness.</source>
   <translation>真实对象中被找到且关键点到位的比例，取十个接近程度的平均。</translation>
  </message>
  <message>
   <source>The part of the true points that the model put within a tenth of the object's length from their place (PCK@0.1); points of objects that it missed are not found.</source>
   <translation>真实关键点中，模型给出的位置与真实位置相距不超过对象长度十分之一的比例（PCK@0.1）；漏掉的对象，其关键点算未找到。</translation>
  </message>
  <message>
   <source>Twice the overlap divided by the sum of predicted and true area, averaged over classes; kinder to small mistakes than IoU.</source>
   <translation>重叠面积的两倍除以预测面积与真实面积之和，对各类别取平均；对小误差比 IoU 宽容。</translation>
  </message>
  <message>
   <source>mAP</source>
   <translation>mAP</translation>
  </message>
  <message>
   <source>mAP50</source>
   <translation>mAP50</translation>
  </message>
  <message>
   <source>mIoU</source>
   <translation>mIoU</translation>
  </message>
 </context>
 <context>
  <name>MissingStrip</name>
  <message numerus="yes">
   <source>%n file(s) of the same name have another content.</source>
   <translation>
    <numerusform>%n 个同名文件的内容不同。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image file(s) are no longer where they were.</source>
   <translation>
    <numerusform>%n 个图像文件已不在原处。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n unlabelled duplicate(s) removed from the project.</source>
   <translation>
    <numerusform>已从项目中移除 %n 个未标注的重复项。</numerusform>
   </translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Look for them in…</source>
   <translation>指定文件夹查找…</translation>
  </message>
  <message>
   <source>Looking for the files…</source>
   <translation>正在查找文件…</translation>
  </message>
  <message>
   <source>Looking for the files… {files} looked at, {found} found</source>
   <translation>正在查找文件… 已查看 {files} 个，找到 {found} 个</translation>
  </message>
  <message>
   <source>Show them</source>
   <translation>显示这些图像</translation>
  </message>
  <message>
   <source>Where are the images now?</source>
   <translation>图像现在在哪里？</translation>
  </message>
  <message numerus="yes">
   <source>{found} of %n missing image file(s) found and linked.</source>
   <translation>
    <numerusform>缺失的 %n 个图像文件中，已找到并重新关联 {found} 个。</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ModelView</name>
  <message>
   <source>Starts from random weights: this needs many more images and epochs.</source>
   <translation>从随机权重开始：需要更多的图像和轮数。</translation>
  </message>
  <message>
   <source>They will be downloaded first ({size} MB).</source>
   <translation>会先下载权重（{size} MB）。</translation>
  </message>
  <message>
   <source>{count} parameters</source>
   <translation>{count}参数</translation>
  </message>
 </context>
 <context>
  <name>NewProjectDialog</name>
  <message>
   <source>A folder of images</source>
   <translation>图像文件夹</translation>
  </message>
  <message>
   <source>Choose…</source>
   <translation>选择…</translation>
  </message>
  <message>
   <source>Create project</source>
   <translation>创建项目</translation>
  </message>
  <message>
   <source>Folder for the project</source>
   <translation>存放项目的文件夹</translation>
  </message>
  <message>
   <source>Folder of images</source>
   <translation>图像文件夹</translation>
  </message>
  <message>
   <source>Images</source>
   <translation>图像</translation>
  </message>
  <message>
   <source>New project</source>
   <translation>新建项目</translation>
  </message>
  <message>
   <source>Project</source>
   <translation>项目</translation>
  </message>
  <message>
   <source>The images stay where they are and are never changed. Labels and trained models are kept in the project's folder.</source>
   <translation>图像留在原处，绝不会被修改。标注和训练好的模型保存在项目文件夹中。</translation>
  </message>
  <message>
   <source>There is a project in this folder already: choose another name.</source>
   <translation>此文件夹中已有项目：请换一个名称。</translation>
  </message>
  <message>
   <source>There is no folder {folder}.</source>
   <translation>文件夹 {folder} 不存在。</translation>
  </message>
  <message>
   <source>{folder} project</source>
   <translation>{folder} 项目</translation>
  </message>
 </context>
 <context>
  <name>NoteDialog</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n 张图像</numerusform>
   </translation>
  </message>
  <message>
   <source>Note</source>
   <translation>备注</translation>
  </message>
  <message>
   <source>These images have different notes; this one takes their place.</source>
   <translation>这些图像的备注各不相同，输入内容会将其全部替换。</translation>
  </message>
  <message>
   <source>What should be known about it?</source>
   <translation>有什么需要记录的？</translation>
  </message>
 </context>
 <context>
  <name>ObjectsPage</name>
  <message numerus="yes">
   <source>%n chosen</source>
   <translation>
    <numerusform>已选 %n 个</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n object(s)</source>
   <translation>
    <numerusform>%n 个对象</numerusform>
   </translation>
  </message>
  <message>
   <source>Change class</source>
   <translation>更改类别</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>No shapes have been drawn yet.</source>
   <translation>尚未绘制任何形状。</translation>
  </message>
  <message>
   <source>Note and attributes…</source>
   <translation>备注和属性…</translation>
  </message>
  <message>
   <source>Objects</source>
   <translation>对象</translation>
  </message>
  <message>
   <source>Objects of</source>
   <translation>类别</translation>
  </message>
  <message>
   <source>There are no objects of this class yet.</source>
   <translation>此类别还没有对象。</translation>
  </message>
  <message>
   <source>all classes</source>
   <translation>全部类别</translation>
  </message>
  <message>
   <source>image</source>
   <translation>按图像</translation>
  </message>
  <message>
   <source>score, least sure first</source>
   <translation>按置信度，最低的在前</translation>
  </message>
  <message>
   <source>shape, tallest first</source>
   <translation>按宽高比，最高的在前</translation>
  </message>
  <message>
   <source>shape, widest first</source>
   <translation>按宽高比，最宽的在前</translation>
  </message>
  <message>
   <source>size, largest first</source>
   <translation>按大小，最大的在前</translation>
  </message>
  <message>
   <source>size, smallest first</source>
   <translation>按大小，最小的在前</translation>
  </message>
  <message>
   <source>sorted by</source>
   <translation>排序</translation>
  </message>
 </context>
 <context>
  <name>Overview</name>
  <message>
   <source>Classes</source>
   <translation>类别</translation>
  </message>
  <message>
   <source>What is taken for what</source>
   <translation>什么被当成了什么</translation>
  </message>
 </context>
 <context>
  <name>Parameters</name>
  <message>
   <source>{count} hundred million</source>
   <translation>{count} 亿</translation>
  </message>
  <message>
   <source>{count} million</source>
   <translation>{count} 百万</translation>
  </message>
  <message>
   <source>{count} ten thousand</source>
   <translation>{count} 万</translation>
  </message>
 </context>
 <context>
  <name>PictureGrid</name>
  <message>
   <source>Pictures</source>
   <translation>图片</translation>
  </message>
 </context>
 <context>
  <name>PictureView</name>
  <message>
   <source>Picture</source>
   <translation>图片</translation>
  </message>
 </context>
 <context>
  <name>PlanForm</name>
  <message>
   <source>Back to the automatic choice</source>
   <translation>恢复自动选择</translation>
  </message>
  <message>
   <source>Chosen by you</source>
   <translation>由您选择</translation>
  </message>
 </context>
 <context>
  <name>PredictBar</name>
  <message>
   <source>COCO JSON…</source>
   <translation>COCO JSON…</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Pictures with predictions drawn…</source>
   <translation>绘有预测的图片…</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>Save what is shown, as files for other programs</source>
   <translation>将显示的内容保存为其他程序可用的文件</translation>
  </message>
  <message>
   <source>Table (CSV)…</source>
   <translation>表格（CSV）…</translation>
  </message>
 </context>
 <context>
  <name>PredictWorkspace</name>
  <message numerus="yes">
   <source>%n image(s) predicted</source>
   <translation>
    <numerusform>已预测 %n 张图像</numerusform>
   </translation>
  </message>
  <message>
   <source>Enter accepts, X rejects, Shift+Enter accepts the whole image; D and A go on</source>
   <translation>Enter 接受，X 拒绝，Shift+Enter 接受整张图像；D 和 A 切换图像</translation>
  </message>
  <message>
   <source>Folder of images to predict on</source>
   <translation>要预测的图像文件夹</translation>
  </message>
  <message>
   <source>Images</source>
   <translation>图像</translation>
  </message>
  <message>
   <source>Images to predict on</source>
   <translation>要预测的图像</translation>
  </message>
  <message>
   <source>Looking for images…</source>
   <translation>正在查找图像…</translation>
  </message>
  <message>
   <source>Predictions are being made already; stop them first.</source>
   <translation>正在进行预测，请先停止。</translation>
  </message>
  <message>
   <source>Starting…</source>
   <translation>正在启动…</translation>
  </message>
  <message>
   <source>There are no images to predict on.</source>
   <translation>没有可预测的图像。</translation>
  </message>
  <message>
   <source>Waits until another job has ended…</source>
   <translation>正在等待另一个任务结束…</translation>
  </message>
 </context>
 <context>
  <name>PreflightList</name>
  <message>
   <source>Before you train</source>
   <translation>训练之前</translation>
  </message>
  <message>
   <source>Cut to the image</source>
   <translation>裁剪到图像内</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Delete the later ones</source>
   <translation>删除后标注的</translation>
  </message>
  <message>
   <source>Mark as done</source>
   <translation>标记为完成</translation>
  </message>
  <message numerus="yes">
   <source>Move %n image(s) to validation</source>
   <translation>
    <numerusform>将 %n 张图像移到验证集</numerusform>
   </translation>
  </message>
  <message>
   <source>Remove from project</source>
   <translation>从项目中移除</translation>
  </message>
  <message>
   <source>Untangle</source>
   <translation>理顺</translation>
  </message>
  <message numerus="yes">
   <source>and %n more</source>
   <translation>
    <numerusform>还有 %n 项</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Preview</name>
  <message numerus="yes">
   <source>%n shape(s)</source>
   <translation>
    <numerusform>%n 个形状</numerusform>
   </translation>
  </message>
  <message>
   <source>Done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>Done for: {names}</source>
   <translation>已完成的类别：{names}</translation>
  </message>
  <message>
   <source>Next image that this change touches</source>
   <translation>此项修改涉及的下一张图像</translation>
  </message>
  <message>
   <source>Previous image that this change touches</source>
   <translation>此项修改涉及的上一张图像</translation>
  </message>
  <message>
   <source>Skipped</source>
   <translation>已跳过</translation>
  </message>
  <message>
   <source>Tags: {names}</source>
   <translation>标签：{names}</translation>
  </message>
 </context>
 <context>
  <name>PreviewDialog</name>
  <message>
   <source>Other images</source>
   <translation>换一批图像</translation>
  </message>
  <message>
   <source>There is too little labelled to train on yet.</source>
   <translation>已标注的内容还太少，无法训练。</translation>
  </message>
  <message>
   <source>Training images as the model gets them, with the class it is asked for.</source>
   <translation>模型实际得到的训练图像，以及要它回答的类别。</translation>
  </message>
  <message>
   <source>Training images as the model gets them, with what it is asked to find.</source>
   <translation>模型实际得到的训练图像，以及要它找到的内容。</translation>
  </message>
  <message>
   <source>Varying images…</source>
   <translation>正在变换图像…</translation>
  </message>
  <message>
   <source>What the model will see</source>
   <translation>模型将看到的图像</translation>
  </message>
 </context>
 <context>
  <name>ProjectFlow</name>
  <message>
   <source>Drawing the sample's pictures…</source>
   <translation>正在绘制示例图片…</translation>
  </message>
  <message>
   <source>New project</source>
   <translation>新建项目</translation>
  </message>
  <message>
   <source>Open project</source>
   <translation>打开项目</translation>
  </message>
  <message>
   <source>Opening {project}. This takes longer than usual…</source>
   <translation>正在打开 {project}，所需时间比平常长…</translation>
  </message>
  <message>
   <source>Sample project</source>
   <translation>示例项目</translation>
  </message>
  <message>
   <source>Start a new project with the images in this folder?</source>
   <translation>用此文件夹中的图像新建项目？</translation>
  </message>
  <message>
   <source>{folder} is not a project.</source>
   <translation>{folder} 不是项目。</translation>
  </message>
 </context>
 <context>
  <name>ProjectView</name>
  <message numerus="yes">
   <source>%n file(s) of another kind passed over.</source>
   <translation>
    <numerusform>已忽略 %n 个其他类型的文件。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) added.</source>
   <translation>
    <numerusform>已添加 %n 张图像。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) cannot be shown.</source>
   <translation>
    <numerusform>%n 张图像无法显示。</numerusform>
   </translation>
  </message>
  <message>
   <source>A background job is still at work.</source>
   <translation>后台任务仍在运行。</translation>
  </message>
  <message>
   <source>A training is paused and can be continued later.</source>
   <translation>训练会暂停，之后可以继续。</translation>
  </message>
  <message>
   <source>Add a folder of images</source>
   <translation>添加图像文件夹</translation>
  </message>
  <message>
   <source>Done again on {image}: {edit}</source>
   <translation>已在 {image} 上重做：{edit}</translation>
  </message>
  <message>
   <source>End it now</source>
   <translation>立即结束</translation>
  </message>
  <message>
   <source>Go to Train</source>
   <translation>转到训练</translation>
  </message>
  <message>
   <source>Import…</source>
   <translation>导入…</translation>
  </message>
  <message>
   <source>No new images.</source>
   <translation>没有新图像。</translation>
  </message>
  <message>
   <source>Pause and close</source>
   <translation>暂停并关闭</translation>
  </message>
  <message>
   <source>Redo: {edit}</source>
   <translation>重做：{edit}</translation>
  </message>
  <message>
   <source>Run {number} ended early.</source>
   <translation>运行 {number} 提前结束了。</translation>
  </message>
  <message>
   <source>See results</source>
   <translation>查看结果</translation>
  </message>
  <message>
   <source>See which</source>
   <translation>查看是哪些</translation>
  </message>
  <message>
   <source>There are labels in this folder: {format}.</source>
   <translation>此文件夹中有标注：{format}。</translation>
  </message>
  <message>
   <source>There are no images in this folder.</source>
   <translation>此文件夹中没有图像。</translation>
  </message>
  <message>
   <source>Undo: {edit}</source>
   <translation>撤销：{edit}</translation>
  </message>
  <message>
   <source>Undone on {image}: {edit}</source>
   <translation>已在 {image} 上撤销：{edit}</translation>
  </message>
  <message>
   <source>Waiting until the job has stored its state…</source>
   <translation>正在等待任务保存状态…</translation>
  </message>
 </context>
 <context>
  <name>QualityPage</name>
  <message numerus="yes">
   <source>%n issue(s)</source>
   <translation>
    <numerusform>%n 个问题</numerusform>
   </translation>
  </message>
  <message>
   <source>Changed files</source>
   <translation>已改动的文件</translation>
  </message>
  <message>
   <source>Cut to the image</source>
   <translation>裁剪到图像内</translation>
  </message>
  <message>
   <source>Delete class</source>
   <translation>删除类别</translation>
  </message>
  <message>
   <source>Delete shape</source>
   <translation>删除形状</translation>
  </message>
  <message>
   <source>Delete the later one</source>
   <translation>删除后标注的</translation>
  </message>
  <message>
   <source>Draw training and validation again, with images that look the same together</source>
   <translation>重新划分训练集和验证集，相同的图像归在一起</translation>
  </message>
  <message numerus="yes">
   <source>Draw training and validation anew for %n image(s)?</source>
   <translation>
    <numerusform>为 %n 张图像重新划分训练集和验证集？</numerusform>
   </translation>
  </message>
  <message>
   <source>Images that look the same stay together, every class is in both, and a fifth is kept for validation. The test split stays. This can be undone.</source>
   <translation>看起来相同的图像会归在一起，训练集和验证集都包含每个类别，五分之一留作验证。测试集不变。此操作可撤销。</translation>
  </message>
  <message>
   <source>Issues</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>Keep only the first</source>
   <translation>只保留第一张</translation>
  </message>
  <message>
   <source>Kinds of issues</source>
   <translation>问题类型</translation>
  </message>
  <message>
   <source>Labelled twice</source>
   <translation>重复标注</translation>
  </message>
  <message>
   <source>Look again</source>
   <translation>重新检查</translation>
  </message>
  <message>
   <source>Looking…</source>
   <translation>正在检查…</translation>
  </message>
  <message>
   <source>Missing files</source>
   <translation>缺失的文件</translation>
  </message>
  <message>
   <source>Nothing found so far.</source>
   <translation>目前没有发现问题。</translation>
  </message>
  <message>
   <source>Nothing wrong was found.</source>
   <translation>没有发现问题。</translation>
  </message>
  <message>
   <source>Opens the image in Label (Enter)</source>
   <translation>在“标注”中打开该图像（Enter）</translation>
  </message>
  <message>
   <source>Outlines that cross themselves</source>
   <translation>自相交的轮廓</translation>
  </message>
  <message>
   <source>Pictures that look the same</source>
   <translation>看起来相同的图片</translation>
  </message>
  <message>
   <source>Remove from project</source>
   <translation>从项目中移除</translation>
  </message>
  <message>
   <source>Same picture in two splits</source>
   <translation>同一图片分属两个子集</translation>
  </message>
  <message>
   <source>Same video in two splits</source>
   <translation>同一视频分属两个子集</translation>
  </message>
  <message>
   <source>Shapes beyond the image</source>
   <translation>超出图像的形状</translation>
  </message>
  <message>
   <source>Shapes without area</source>
   <translation>没有面积的形状</translation>
  </message>
  <message>
   <source>Show in Label</source>
   <translation>在“标注”中查看</translation>
  </message>
  <message>
   <source>Split anew</source>
   <translation>重新划分</translation>
  </message>
  <message>
   <source>Split anew…</source>
   <translation>重新划分…</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>The project has not been looked through to the end.</source>
   <translation>项目尚未检查完。</translation>
  </message>
  <message>
   <source>Tiny shapes</source>
   <translation>过小的形状</translation>
  </message>
  <message>
   <source>Train on all of them</source>
   <translation>全部放入训练集</translation>
  </message>
  <message>
   <source>Unreadable files</source>
   <translation>无法读取的文件</translation>
  </message>
  <message>
   <source>Untangle outline</source>
   <translation>理顺轮廓</translation>
  </message>
  <message>
   <source>Unused classes</source>
   <translation>未使用的类别</translation>
  </message>
  <message>
   <source>about {time} left</source>
   <translation>剩余约 {time}</translation>
  </message>
  <message numerus="yes">
   <source>{repair} (all %n)</source>
   <translation>
    <numerusform>{repair}（全部 %n 个）</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Query</name>
  <message>
   <source>Done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>In progress</source>
   <translation>进行中</translation>
  </message>
  <message>
   <source>New</source>
   <translation>待办</translation>
  </message>
  <message>
   <source>No split yet</source>
   <translation>未分配</translation>
  </message>
  <message>
   <source>Skipped</source>
   <translation>已跳过</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>测试集</translation>
  </message>
  <message>
   <source>Training</source>
   <translation>训练集</translation>
  </message>
  <message>
   <source>Validation</source>
   <translation>验证集</translation>
  </message>
  <message>
   <source>a minus sign reverses any term</source>
   <translation>减号使任何条件取反</translation>
  </message>
  <message>
   <source>does not have this class</source>
   <translation>不含此类别</translation>
  </message>
  <message>
   <source>has a note</source>
   <translation>有备注</translation>
  </message>
  <message>
   <source>has a prediction of this score, 0 to 1</source>
   <translation>含有此得分（0 到 1）的预测</translation>
  </message>
  <message>
   <source>has a tag or a shape</source>
   <translation>有标签或形状</translation>
  </message>
  <message>
   <source>has an object here: % across, % down</source>
   <translation>此处有对象：横向 %、纵向 %</translation>
  </message>
  <message>
   <source>has an object of this area in square pixels</source>
   <translation>含有此面积（平方像素）的对象</translation>
  </message>
  <message>
   <source>has an object of this width to height</source>
   <translation>有对象的宽高比如此</translation>
  </message>
  <message>
   <source>has predictions of this run to review</source>
   <translation>有此运行的预测待处理</translation>
  </message>
  <message>
   <source>has predictions to review</source>
   <translation>有预测待处理</translation>
  </message>
  <message>
   <source>has this class, as a tag or a shape</source>
   <translation>含有此类别（标签或形状）</translation>
  </message>
  <message>
   <source>has this tag</source>
   <translation>带有此标签</translation>
  </message>
  <message>
   <source>height in pixels</source>
   <translation>高度，以像素计</translation>
  </message>
  <message>
   <source>its note contains this text</source>
   <translation>备注包含此文字</translation>
  </message>
  <message>
   <source>name or folder contains this text</source>
   <translation>名称或文件夹包含此文字</translation>
  </message>
  <message>
   <source>name or folder matches a regular expression</source>
   <translation>名称或文件夹匹配正则表达式</translation>
  </message>
  <message>
   <source>number of shapes (also &lt;, &lt;=, &gt;=, =)</source>
   <translation>形状数量（也可用 &lt;、&lt;=、&gt;=、=）</translation>
  </message>
  <message>
   <source>pixels of the image (k, mp)</source>
   <translation>图像像素数（k、mp）</translation>
  </message>
  <message>
   <source>split: train, val, test or none</source>
   <translation>子集：train、val、test 或 none</translation>
  </message>
  <message>
   <source>state: new, in_progress, done or skipped</source>
   <translation>状态：new、in_progress、done 或 skipped</translation>
  </message>
  <message>
   <source>the file cannot be shown</source>
   <translation>文件无法显示</translation>
  </message>
  <message>
   <source>the file is not where it was</source>
   <translation>文件已不在原处</translation>
  </message>
  <message>
   <source>the newest model is this wrong on it, 0 to 1</source>
   <translation>最新模型在其上的错误程度，0 到 1</translation>
  </message>
  <message>
   <source>width in pixels</source>
   <translation>宽度，以像素计</translation>
  </message>
 </context>
 <context>
  <name>QueryHelp</name>
  <message>
   <source>An image must match all terms. Put names with spaces in quotes. Click an example to try it.</source>
   <translation>图像须满足全部条件。含空格的名称请加引号。单击示例即可试用。</translation>
  </message>
  <message>
   <source>What the search box understands</source>
   <translation>搜索语法</translation>
  </message>
 </context>
 <context>
  <name>Question</name>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
 </context>
 <context>
  <name>QuickTagging</name>
  <message>
   <source>A trained model can suggest tags here: U shows what it sees.</source>
   <translation>训练好的模型可以在这里建议标签：按 U 查看它的判断。</translation>
  </message>
  <message>
   <source>The quick classifier is off.</source>
   <translation>快速分类器已关闭。</translation>
  </message>
  <message>
   <source>The quick classifier is on.</source>
   <translation>快速分类器已开启。</translation>
  </message>
  <message>
   <source>The quick classifier is on: it helps where images are tagged (T).</source>
   <translation>快速分类器已开启：它在给图像打标签时（T）起作用。</translation>
  </message>
  <message>
   <source>The quick classifier is on: tag two images of each class first.</source>
   <translation>快速分类器已开启：请先给每个类别标记两张图像。</translation>
  </message>
 </context>
 <context>
  <name>RateDialog</name>
  <message>
   <source>Find a learning rate</source>
   <translation>查找学习率</translation>
  </message>
  <message>
   <source>Learning rate</source>
   <translation>学习率</translation>
  </message>
  <message>
   <source>Loading the model and the images…</source>
   <translation>正在加载模型和图像…</translation>
  </message>
  <message>
   <source>Loss</source>
   <translation>损失</translation>
  </message>
  <message>
   <source>Loss while the learning rate grows</source>
   <translation>学习率增大时的损失</translation>
  </message>
  <message>
   <source>Show all (double click)</source>
   <translation>显示全部（双击）</translation>
  </message>
  <message>
   <source>The loss falls fastest at {rate}: a good peak to train with.</source>
   <translation>学习率为 {rate} 时损失下降最快：适合作为训练的峰值。</translation>
  </message>
  <message>
   <source>Trying {rate}: step {done} of at most {total}</source>
   <translation>正在试用 {rate}：第 {done} 步，最多 {total} 步</translation>
  </message>
  <message>
   <source>Use it</source>
   <translation>使用</translation>
  </message>
  <message>
   <source>Use {rate}</source>
   <translation>使用 {rate}</translation>
  </message>
  <message>
   <source>Waits for another job to end.</source>
   <translation>正在等待另一个任务结束。</translation>
  </message>
 </context>
 <context>
  <name>Reasons</name>
  <message>
   <source>Cannot allocate memory</source>
   <translation>内存不足</translation>
  </message>
  <message>
   <source>Connection refused</source>
   <translation>对方拒绝连接</translation>
  </message>
  <message>
   <source>Connection reset by peer</source>
   <translation>连接被对方中断</translation>
  </message>
  <message>
   <source>Connection timed out</source>
   <translation>连接超时</translation>
  </message>
  <message>
   <source>Device or resource busy</source>
   <translation>设备正忙</translation>
  </message>
  <message>
   <source>Directory not empty</source>
   <translation>文件夹不为空</translation>
  </message>
  <message>
   <source>Disk quota exceeded</source>
   <translation>超出磁盘配额</translation>
  </message>
  <message>
   <source>File exists</source>
   <translation>文件已存在</translation>
  </message>
  <message>
   <source>File name too long</source>
   <translation>文件名太长</translation>
  </message>
  <message>
   <source>File too large</source>
   <translation>文件太大</translation>
  </message>
  <message>
   <source>Input/output error</source>
   <translation>磁盘读写出错</translation>
  </message>
  <message>
   <source>Is a directory</source>
   <translation>这是一个文件夹</translation>
  </message>
  <message>
   <source>Network is unreachable</source>
   <translation>无法连接网络</translation>
  </message>
  <message>
   <source>No route to host</source>
   <translation>无法到达对方主机</translation>
  </message>
  <message>
   <source>No space left on device</source>
   <translation>磁盘空间不足</translation>
  </message>
  <message>
   <source>No such device</source>
   <translation>没有这个设备</translation>
  </message>
  <message>
   <source>No such file or directory</source>
   <translation>文件或文件夹不存在</translation>
  </message>
  <message>
   <source>Not a directory</source>
   <translation>不是文件夹</translation>
  </message>
  <message>
   <source>Operation not permitted</source>
   <translation>不允许此操作</translation>
  </message>
  <message>
   <source>Permission denied</source>
   <translation>没有权限</translation>
  </message>
  <message>
   <source>Read-only file system</source>
   <translation>磁盘是只读的</translation>
  </message>
  <message>
   <source>Stale file handle</source>
   <translation>网络盘上的文件已失效</translation>
  </message>
  <message>
   <source>Too many open files</source>
   <translation>打开的文件太多</translation>
  </message>
  <message>
   <source>no answer came in time</source>
   <translation>对方没有及时回应</translation>
  </message>
  <message>
   <source>this computer does not find it and may be offline</source>
   <translation>本机找不到它，可能没有联网</translation>
  </message>
 </context>
 <context>
  <name>RecentProjects</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n 张图像</numerusform>
   </translation>
  </message>
  <message>
   <source>Projects that you have opened will be listed here.</source>
   <translation>打开过的项目会列在这里。</translation>
  </message>
  <message>
   <source>Recent projects</source>
   <translation>最近的项目</translation>
  </message>
  <message>
   <source>Remove from this list</source>
   <translation>从列表中移除</translation>
  </message>
  <message>
   <source>{folder} is no longer there.</source>
   <translation>{folder} 已不存在。</translation>
  </message>
 </context>
 <context>
  <name>Reshaping</name>
  <message numerus="yes">
   <source>%n shape(s) below covered wholly and left alone</source>
   <translation>
    <numerusform>下方 %n 个形状被完全覆盖，保持不变</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ResultsWorkspace</name>
  <message>
   <source>A and D go on; Esc goes back</source>
   <translation>A 和 D 切换图像；Esc 返回</translation>
  </message>
  <message>
   <source>Click a class or a cell of the matrix to see its images</source>
   <translation>单击类别或矩阵中的单元格，查看对应的图像</translation>
  </message>
  <message>
   <source>Click a class to see its images</source>
   <translation>单击类别，查看对应的图像</translation>
  </message>
  <message>
   <source>Evaluate</source>
   <translation>评测</translation>
  </message>
  <message>
   <source>Evaluate again</source>
   <translation>重新评测</translation>
  </message>
  <message>
   <source>Go to Train</source>
   <translation>转到训练</translation>
  </message>
  <message>
   <source>Measure the model on the validation images once more</source>
   <translation>用验证集图像再次评测模型</translation>
  </message>
  <message>
   <source>Run</source>
   <translation>运行</translation>
  </message>
  <message>
   <source>Run {number} has not been measured on its validation images yet.</source>
   <translation>运行 {number} 尚未在验证集图像上评测。</translation>
  </message>
  <message>
   <source>Starting…</source>
   <translation>正在启动…</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>T and P show or hide truth and prediction; A and D go on; Esc goes back</source>
   <translation>T 和 P 显示或隐藏真值与预测；A 和 D 切换图像；Esc 返回</translation>
  </message>
  <message>
   <source>Train a model first; here you see how good it is and where it is wrong.</source>
   <translation>请先训练模型；在这里可以看到它效果如何、错在哪里。</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>重试</translation>
  </message>
  <message>
   <source>Waits until another job has ended…</source>
   <translation>正在等待另一个任务结束…</translation>
  </message>
  <message numerus="yes">
   <source>measured on %n validation image(s)</source>
   <translation>
    <numerusform>在 %n 张验证集图像上评测</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>RunButtons</name>
  <message>
   <source>Another training is under way; this run can go on when it has ended</source>
   <translation>正有另一个训练在进行，等它结束后，这次训练才能继续</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Delete this run and its model</source>
   <translation>删除此运行及其模型</translation>
  </message>
  <message>
   <source>Discard</source>
   <translation>放弃</translation>
  </message>
  <message>
   <source>End now with the best model so far</source>
   <translation>立即结束，保留目前最好的模型</translation>
  </message>
  <message>
   <source>End the process at once, without a checkpoint</source>
   <translation>立即结束进程，不保存检查点</translation>
  </message>
  <message>
   <source>Go on from the last checkpoint</source>
   <translation>从最后一个检查点继续</translation>
  </message>
  <message>
   <source>Keep a checkpoint and give the computer back; go on later</source>
   <translation>保存检查点并释放计算资源，之后可继续</translation>
  </message>
  <message>
   <source>Kill now</source>
   <translation>立即终止</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>暂停</translation>
  </message>
  <message>
   <source>Predict</source>
   <translation>预测</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>继续</translation>
  </message>
  <message>
   <source>See how good this model is</source>
   <translation>查看此模型效果如何</translation>
  </message>
  <message>
   <source>See what this model makes of new images</source>
   <translation>查看此模型如何理解新图像</translation>
  </message>
  <message>
   <source>Start from the settings of this run</source>
   <translation>以此运行的设置开始</translation>
  </message>
  <message>
   <source>Stop and delete this run</source>
   <translation>停止并删除此运行</translation>
  </message>
  <message>
   <source>Stop, keep best</source>
   <translation>停止，保留最好的</translation>
  </message>
  <message>
   <source>There is a model to keep once the first epoch has ended</source>
   <translation>第一轮结束后才有可保留的模型</translation>
  </message>
  <message>
   <source>Train for more epochs, from the best model on</source>
   <translation>从最好的模型开始，再训练若干轮</translation>
  </message>
  <message>
   <source>Train more…</source>
   <translation>继续训练…</translation>
  </message>
  <message>
   <source>Use settings</source>
   <translation>使用这些设置</translation>
  </message>
 </context>
 <context>
  <name>RunChoice</name>
  <message>
   <source>No model yet</source>
   <translation>还没有模型</translation>
  </message>
  <message>
   <source>Run</source>
   <translation>运行</translation>
  </message>
 </context>
 <context>
  <name>RunNote</name>
  <message>
   <source>Note about this run</source>
   <translation>此运行的备注</translation>
  </message>
  <message>
   <source>Note: what was tried, and what came of it</source>
   <translation>备注：做了什么尝试，结果如何</translation>
  </message>
 </context>
 <context>
  <name>RunPage</name>
  <message>
   <source>Another program trains this run; it can be stopped there.</source>
   <translation>这次训练由另一个程序进行；要停止，请到那里操作。</translation>
  </message>
  <message>
   <source>Run {number} · {task}</source>
   <translation>运行 {number} · {task}</translation>
  </message>
  <message>
   <source>Starting…</source>
   <translation>正在启动…</translation>
  </message>
  <message>
   <source>Waiting</source>
   <translation>等待中</translation>
  </message>
  <message>
   <source>Waits until another job has ended…</source>
   <translation>正在等待另一个任务结束…</translation>
  </message>
  <message>
   <source>{device} · {train} training and {val} validation images</source>
   <translation>{device} · {train} 张训练图像，{val} 张验证图像</translation>
  </message>
 </context>
 <context>
  <name>RunRow</name>
  <message>
   <source>Lay this run over the charts</source>
   <translation>将此运行叠加到图表中</translation>
  </message>
  <message>
   <source>Run {number} · {task}</source>
   <translation>运行 {number} · {task}</translation>
  </message>
 </context>
 <context>
  <name>RunVerbs</name>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Delete run {number}?</source>
   <translation>删除运行 {number}？</translation>
  </message>
  <message>
   <source>Discard</source>
   <translation>放弃</translation>
  </message>
  <message>
   <source>Discard this training?</source>
   <translation>放弃这次训练？</translation>
  </message>
  <message>
   <source>Its model and its results are deleted from disk. This cannot be undone.</source>
   <translation>其模型和结果会从磁盘中删除，且无法撤销。</translation>
  </message>
  <message>
   <source>More epochs:</source>
   <translation>再训练轮数：</translation>
  </message>
  <message>
   <source>The run and what it has learned are deleted. Stop would keep its best model.</source>
   <translation>此运行及其已学到的内容会被删除。若选“停止”，则保留最好的模型。</translation>
  </message>
  <message>
   <source>Train run {number} for longer</source>
   <translation>继续训练运行 {number}</translation>
  </message>
 </context>
 <context>
  <name>Runs</name>
  <message>
   <source>Checking images</source>
   <translation>正在检查图像</translation>
  </message>
  <message>
   <source>Discarding…</source>
   <translation>正在放弃…</translation>
  </message>
  <message>
   <source>Downloading pretrained weights</source>
   <translation>正在下载预训练权重</translation>
  </message>
  <message>
   <source>Evaluating</source>
   <translation>正在评测</translation>
  </message>
  <message>
   <source>Exporting</source>
   <translation>正在导出</translation>
  </message>
  <message>
   <source>Failed</source>
   <translation>失败</translation>
  </message>
  <message>
   <source>Finished</source>
   <translation>已完成</translation>
  </message>
  <message>
   <source>Interrupted</source>
   <translation>已中断</translation>
  </message>
  <message>
   <source>Loading</source>
   <translation>正在加载</translation>
  </message>
  <message>
   <source>Looking at the training images</source>
   <translation>正在查看训练图像</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>已暂停</translation>
  </message>
  <message>
   <source>Pausing; it can go on later…</source>
   <translation>正在暂停，之后可以继续…</translation>
  </message>
  <message>
   <source>Predicting</source>
   <translation>正在预测</translation>
  </message>
  <message>
   <source>Preparing</source>
   <translation>正在准备</translation>
  </message>
  <message>
   <source>Run {number} finished.</source>
   <translation>运行 {number} 已完成。</translation>
  </message>
  <message>
   <source>Run {number} finished: {metric} {value}</source>
   <translation>运行 {number} 已完成：{metric} {value}</translation>
  </message>
  <message>
   <source>Stopped</source>
   <translation>已停止</translation>
  </message>
  <message>
   <source>Stopping; the best model is kept…</source>
   <translation>正在停止，最好的模型会保留…</translation>
  </message>
  <message>
   <source>This training was cut off before it could say why: its process was killed, the computer was switched off, or the disk was full. Resume goes on from the last checkpoint.</source>
   <translation>这次训练还没来得及说明原因就中断了：进程被终止、电脑被关闭，或者磁盘已满。点击“继续”可从最后一个检查点接着训练。</translation>
  </message>
  <message>
   <source>Training</source>
   <translation>训练中</translation>
  </message>
  <message>
   <source>{phase}: {done} of {total}</source>
   <translation>{phase}：{done}/{total}</translation>
  </message>
  <message>
   <source>{phase}: {done} of {total}, {time} left</source>
   <translation>{phase}：{done}/{total}，剩余 {time}</translation>
  </message>
  <message>
   <source>{phase}…</source>
   <translation>{phase}…</translation>
  </message>
 </context>
 <context>
  <name>RunsPanel</name>
  <message>
   <source>Compare</source>
   <translation>比较</translation>
  </message>
  <message>
   <source>Every training is kept here, to compare and to go back to.</source>
   <translation>每次训练都保留在这里，便于比较和回看。</translation>
  </message>
  <message>
   <source>Learning curve</source>
   <translation>学习曲线</translation>
  </message>
  <message>
   <source>New</source>
   <translation>新建</translation>
  </message>
  <message>
   <source>Runs</source>
   <translation>运行记录</translation>
  </message>
  <message>
   <source>Set up another training</source>
   <translation>设置另一次训练</translation>
  </message>
  <message>
   <source>Tick runs of one task to see which is better, and what was different</source>
   <translation>勾选同一任务的运行，查看哪个更好、有何不同</translation>
  </message>
  <message>
   <source>What more labelled images would bring, told from the runs</source>
   <translation>根据已有运行估计：再标注一些图像会带来什么</translation>
  </message>
 </context>
 <context>
  <name>SampleStrip</name>
  <message>
   <source>A few validation images will appear after the first epoch.</source>
   <translation>第一轮结束后，这里会显示几张验证图像。</translation>
  </message>
  <message>
   <source>What the model sees</source>
   <translation>模型所见</translation>
  </message>
  <message>
   <source>What the model sees after epoch {epoch}</source>
   <translation>第 {epoch} 轮后模型所见</translation>
  </message>
 </context>
 <context>
  <name>SavedButton</name>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Looked for last</source>
   <translation>最近搜索</translation>
  </message>
  <message>
   <source>Name of the filter:</source>
   <translation>筛选名称：</translation>
  </message>
  <message>
   <source>No filters saved yet</source>
   <translation>还没有保存的筛选</translation>
  </message>
  <message>
   <source>Save this search</source>
   <translation>保存此搜索</translation>
  </message>
  <message>
   <source>Save this search…</source>
   <translation>保存此搜索…</translation>
  </message>
  <message>
   <source>Saved filters</source>
   <translation>已保存的筛选</translation>
  </message>
  <message>
   <source>Saved filters, and what was looked for last</source>
   <translation>已保存的筛选和最近搜索</translation>
  </message>
 </context>
 <context>
  <name>Saver</name>
  <message numerus="yes">
   <source>%n file(s) could not be read</source>
   <translation>
    <numerusform>%n 个文件无法读取</numerusform>
   </translation>
  </message>
  <message>
   <source>COCO (*.json)</source>
   <translation>COCO (*.json)</translation>
  </message>
  <message>
   <source>Folder for the pictures</source>
   <translation>存放图片的文件夹</translation>
  </message>
  <message>
   <source>Predictions are being saved already.</source>
   <translation>已在保存预测。</translation>
  </message>
  <message>
   <source>Save predictions</source>
   <translation>保存预测</translation>
  </message>
  <message>
   <source>Saved to {place}</source>
   <translation>已保存到 {place}</translation>
  </message>
  <message>
   <source>Saving: {done} of {total}</source>
   <translation>正在保存：{done}/{total}</translation>
  </message>
  <message>
   <source>Table (*.csv)</source>
   <translation>表格 (*.csv)</translation>
  </message>
 </context>
 <context>
  <name>Section</name>
  <message numerus="yes">
   <source>%n changed</source>
   <translation>
    <numerusform>已更改 %n 项</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>SelectionBar</name>
  <message numerus="yes">
   <source>%n image(s) selected</source>
   <translation>
    <numerusform>已选 %n 张图像</numerusform>
   </translation>
  </message>
  <message>
   <source>Choose what the selected images are used for</source>
   <translation>选择所选图像的用途</translation>
  </message>
  <message>
   <source>Nothing selected</source>
   <translation>未选择图像</translation>
  </message>
  <message>
   <source>Split</source>
   <translation>子集</translation>
  </message>
  <message>
   <source>Tag</source>
   <translation>标签</translation>
  </message>
 </context>
 <context>
  <name>Sentences</name>
  <message>
   <source>--devices is {count}, but this machine offers {have}: choose at most that many.</source>
   <translation>--devices 为 {count}，但本机只有 {have} 个：请不要超过这个数。</translation>
  </message>
  <message>
   <source>--devices takes the first GPUs: choose cuda, not {device}.</source>
   <translation>--devices 使用前几块 GPU：请选择 cuda，而不是 {device}。</translation>
  </message>
  <message>
   <source>/{pattern}/ has more repetitions than can be tried; write it as several expressions.</source>
   <translation>/{pattern}/ 的重复过多，无法匹配；请拆成几个表达式。</translation>
  </message>
  <message>
   <source>/{pattern}/ is no regular expression: {reason}.</source>
   <translation>/{pattern}/ 不是有效的正则表达式：{reason}。</translation>
  </message>
  <message>
   <source>/{pattern}/ repeats something that repeats or has a choice itself, which could take forever; write it without the outer repetition.</source>
   <translation>/{pattern}/ 对本身含有重复或分支的内容再次重复，匹配可能永远无法结束；请去掉外层的重复。</translation>
  </message>
  <message>
   <source>1 image has shapes but is not marked done; what is not drawn on it counts as background.</source>
   <translation>1 张图像有形状但未标记为完成；其上未绘制的部分按背景计算。</translation>
  </message>
  <message>
   <source>1 image is complete for some of the classes only; it is left out.</source>
   <translation>1 张图像只标全了部分类别，已略过。</translation>
  </message>
  <message>
   <source>1 line or set of points has no area; it is left out.</source>
   <translation>1 条折线或 1 组关键点没有面积，已略过。</translation>
  </message>
  <message>
   <source>1 more class, with at least {count} images.</source>
   <translation>再有 1 个类别，至少 {count} 张图像。</translation>
  </message>
  <message>
   <source>1 more image of {label}.</source>
   <translation>再有 1 张“{label}”的图像。</translation>
  </message>
  <message>
   <source>A ResNet whose layers work in groups; a little more accurate.</source>
   <translation>层内分组计算的 ResNet；准确度略高。</translation>
  </message>
  <message>
   <source>A ResNet with twice the channels; accurate, and large on disk.</source>
   <translation>通道数加倍的 ResNet；准确，但文件大。</translation>
  </message>
  <message>
   <source>A U-Net needs features that shrink step by step, and {backbone} is a transformer without them: choose a convolutional network, such as unet_convnext_tiny.</source>
   <translation>U-Net 需要逐级缩小的特征，而 {backbone} 是没有这种特征的 Transformer：请选择卷积网络，例如 unet_convnext_tiny。</translation>
  </message>
  <message>
   <source>A batch of {count} images of {size} pixels does not fit into the memory; training will work on fewer at a time.</source>
   <translation>一批 {count} 张 {size} 像素的图像超出内存；训练时每次会处理得少一些。</translation>
  </message>
  <message>
   <source>A class needs a name.</source>
   <translation>类别需要一个名称。</translation>
  </message>
  <message>
   <source>A detector's losses are its own; sampling evens classes out.</source>
   <translation>检测器使用自己的损失；采样可平衡各类别。</translation>
  </message>
  <message>
   <source>A few wrong tags do less harm.</source>
   <translation>少量错误标签的影响会更小。</translation>
  </message>
  <message>
   <source>A fifth is enough to judge by.</source>
   <translation>五分之一足以评判。</translation>
  </message>
  <message>
   <source>A good first choice: accurate, and quick even without a graphics card.</source>
   <translation>不错的首选：准确，没有显卡也很快。</translation>
  </message>
  <message>
   <source>A good first choice: finds objects and their points without a graphics card.</source>
   <translation>不错的首选：没有显卡也能找到对象及其关键点。</translation>
  </message>
  <message>
   <source>A good first choice: finds objects of most sizes and learns from few pictures.</source>
   <translation>不错的首选：能找到大多数尺寸的对象，少量图片即可学会。</translation>
  </message>
  <message>
   <source>A good first choice: outlines each object, and trains without a graphics card.</source>
   <translation>不错的首选：勾勒每个对象的轮廓，没有显卡也能训练。</translation>
  </message>
  <message>
   <source>A good start for this task; its weights will be downloaded.</source>
   <translation>适合此任务的起点；权重会被下载。</translation>
  </message>
  <message>
   <source>A mask is made of pixels and cannot be turned; draw it anew.</source>
   <translation>掩码由像素组成，无法旋转；请重新绘制。</translation>
  </message>
  <message>
   <source>A mask of {width} x {height} pixels would not fit into the memory.</source>
   <translation>{width} x {height} 像素的掩码会超出内存。</translation>
  </message>
  <message>
   <source>A modern convolutional network, very accurate on a graphics card.</source>
   <translation>现代卷积网络，有显卡时非常准确。</translation>
  </message>
  <message>
   <source>A modern convolutional network; accurate, and wants a graphics card.</source>
   <translation>现代卷积网络；准确，需要显卡。</translation>
  </message>
  <message>
   <source>A place is two numbers from 0 to 100, across and down, as in {example}.</source>
   <translation>位置是两个 0 到 100 的数，先横后纵，例如 {example}。</translation>
  </message>
  <message>
   <source>A plain and sturdy network; deeper ones are more accurate and slower.</source>
   <translation>朴素而稳健的网络；层数越深越准确，也越慢。</translation>
  </message>
  <message>
   <source>A plain and sturdy network; larger files, steady results.</source>
   <translation>朴素而稳健的网络；文件较大，结果稳定。</translation>
  </message>
  <message>
   <source>A plain family in many sizes, from quick to very accurate.</source>
   <translation>朴素的系列，有多种大小，从快速到非常准确。</translation>
  </message>
  <message>
   <source>A process that reads images was ended from outside, as systems do when the memory is full. Close other programs and go on from here, or begin anew with fewer such processes (workers).</source>
   <translation>一个读取图片的进程被外部结束了，内存不足时系统会这样做。请关闭其他程序后从这里继续，或减少读取进程数（workers）后重新开始。</translation>
  </message>
  <message>
   <source>A regular expression ends with a second slash, as in {example}.</source>
   <translation>正则表达式须以第二个斜杠结尾，例如 {example}。</translation>
  </message>
  <message>
   <source>A run is known by its number, as in {example}.</source>
   <translation>运行用编号表示，例如 {example}。</translation>
  </message>
  <message>
   <source>A selected shape is locked; unlock it first.</source>
   <translation>所选形状中有已锁定的，请先解锁。</translation>
  </message>
  <message>
   <source>A shape is too small for this, so nothing was changed.</source>
   <translation>有形状太小，无法执行此操作，因此未做任何更改。</translation>
  </message>
  <message>
   <source>A small network can take large steps.</source>
   <translation>小网络可以迈大步。</translation>
  </message>
  <message>
   <source>A small network learns faster from lightly varied pictures.</source>
   <translation>图片变化不大时，小网络学得更快。</translation>
  </message>
  <message>
   <source>A transformer of patches; best with many pictures and a graphics card.</source>
   <translation>基于图像块的 Transformer；适合图片多且有显卡的情况。</translation>
  </message>
  <message>
   <source>A transformer with shifted windows; accurate, and wants a graphics card.</source>
   <translation>使用移动窗口的 Transformer；准确，需要显卡。</translation>
  </message>
  <message>
   <source>A well-tried small network; nearly as accurate as larger ones on few pictures.</source>
   <translation>久经考验的小网络；在少量图片上几乎与大网络一样准确。</translation>
  </message>
  <message>
   <source>About {steps} steps in all, which is plenty; training stops earlier when nothing improves.</source>
   <translation>总共约 {steps} 步，已经足够；没有改进时训练会提前停止。</translation>
  </message>
  <message>
   <source>Accurate and fast with a graphics card; learns from whole and pieced pictures.</source>
   <translation>有显卡时准确且快；用整图和拼接图学习。</translation>
  </message>
  <message>
   <source>Accurate for few parameters; each next one takes larger pictures.</source>
   <translation>参数少而准确；型号越大，输入的图片越大。</translation>
  </message>
  <message>
   <source>Accurate in one stage, with many objects to a picture; wants a graphics card.</source>
   <translation>单阶段而准确，适合一图多对象；需要显卡。</translation>
  </message>
  <message>
   <source>Accurate, and steady with few pictures; wants a graphics card.</source>
   <translation>准确，图片少时也稳定；需要显卡。</translation>
  </message>
  <message>
   <source>Accurate, quick without a graphics card, and its weights are here.</source>
   <translation>准确，没有显卡也很快，而且权重已在本机。</translation>
  </message>
  <message>
   <source>Added the weights of {architecture}.</source>
   <translation>已添加 {architecture} 的权重。</translation>
  </message>
  <message>
   <source>Adding images and labels to the project…</source>
   <translation>正在将图像和标注添加到项目…</translation>
  </message>
  <message>
   <source>After the minus sign say what must not be there.</source>
   <translation>请在减号后写明要排除的内容。</translation>
  </message>
  <message>
   <source>After {term} comes a number, as in {example}.</source>
   <translation>{term} 后面应为数字，例如 {example}。</translation>
  </message>
  <message>
   <source>After {term} comes a value, as in {example}.</source>
   <translation>{term} 后面应为一个值，例如 {example}。</translation>
  </message>
  <message>
   <source>After {term} comes one of: {values}.</source>
   <translation>{term} 后面应为以下之一：{values}。</translation>
  </message>
  <message>
   <source>All layers learn at one rate with this optimizer.</source>
   <translation>使用此优化器时，所有层的学习率相同。</translation>
  </message>
  <message>
   <source>All layers of {model} are frozen: leave one of them to learn.</source>
   <translation>{model} 的所有层都被冻结：请至少留一层来学习。</translation>
  </message>
  <message>
   <source>All of them; fewer only tell what more would bring.</source>
   <translation>全部；减少只用于估计增加图像会带来什么。</translation>
  </message>
  <message>
   <source>Among the most accurate; large pictures, and a graphics card.</source>
   <translation>最准确的之一；需要大图片和显卡。</translation>
  </message>
  <message>
   <source>An old and plain network: very large on disk, slow, easily understood.</source>
   <translation>早期的朴素网络：文件非常大，速度慢，容易理解。</translation>
  </message>
  <message>
   <source>Another process of this run ended without a word; its log says why. Continue the run: it goes on from its last checkpoint.</source>
   <translation>此运行的另一个进程无提示地结束了；原因见其日志。请继续此运行：它会从最后一个检查点继续。</translation>
  </message>
  <message>
   <source>Another saved filter is called {name} by now.</source>
   <translation>现在已有另一个名为“{name}”的已保存筛选。</translation>
  </message>
  <message>
   <source>Any number does; another one gives another run.</source>
   <translation>任意数字均可；换一个数字，结果会有所不同。</translation>
  </message>
  <message>
   <source>As many as fit into some {minutes} minutes without a graphics card.</source>
   <translation>没有显卡时约 {minutes} 分钟内能完成的数量。</translation>
  </message>
  <message>
   <source>As many as this computer can spare.</source>
   <translation>按这台电脑的空闲能力选择。</translation>
  </message>
  <message>
   <source>As much as the model's authors found good.</source>
   <translation>采用模型作者认为合适的值。</translation>
  </message>
  <message>
   <source>Attention within windows and across them; pictures of 224 pixels, or 448.</source>
   <translation>窗口内和窗口间的注意力；图片为 224 或 448 像素。</translation>
  </message>
  <message>
   <source>Between the small and the smallest: bearable without a graphics card.</source>
   <translation>介于小与最小之间：没有显卡也可接受。</translation>
  </message>
  <message>
   <source>Between these two shapes nothing can be interpolated: outlines must be of one part without holes, and sets of points equally large.</source>
   <translation>这两个形状之间无法插值：轮廓须为没有孔洞的单个部分，关键点的数量须相同。</translation>
  </message>
  <message>
   <source>Binary cross-entropy: each class is a question of its own.</source>
   <translation>二元交叉熵：每个类别单独判断。</translation>
  </message>
  <message>
   <source>Boxes on 1 more image.</source>
   <translation>再有 1 张带边界框的图像。</translation>
  </message>
  <message>
   <source>Boxes on {count} more images.</source>
   <translation>再有 {count} 张带边界框的图像。</translation>
  </message>
  <message>
   <source>COCO (boxes, polygons, masks)</source>
   <translation>COCO（边界框、多边形、掩码）</translation>
  </message>
  <message>
   <source>COCO has no lines; {count} line(s) were left out</source>
   <translation>COCO 不支持折线；已略过 {count} 条折线</translation>
  </message>
  <message>
   <source>CVAT (XML)</source>
   <translation>CVAT（XML）</translation>
  </message>
  <message>
   <source>CVAT has no regions to ignore; {count} have the attribute is_crowd</source>
   <translation>CVAT 没有忽略区域；{count} 个已标上属性 is_crowd</translation>
  </message>
  <message>
   <source>CVAT wants skeletons in classes of their own; {names} have other shapes too, which CVAT will not take</source>
   <translation>CVAT 要求骨架单独成类；{names} 还含有其他形状，CVAT 不会接受这些形状</translation>
  </message>
  <message>
   <source>CVAT's polygons have no holes; {count} became mask(s)</source>
   <translation>CVAT 的多边形不能有孔；{count} 个已变为掩码</translation>
  </message>
  <message>
   <source>CVAT's polygons have one part; {count} became group(s) of polygons</source>
   <translation>CVAT 的多边形只有一个部分；{count} 个已变为多边形组</translation>
  </message>
  <message>
   <source>Cannot create {project}: {reason}.</source>
   <translation>无法创建 {project}：{reason}。</translation>
  </message>
  <message>
   <source>Cannot export {name}; choose one of {known}.</source>
   <translation>无法导出 {name}；请从 {known} 中选择。</translation>
  </message>
  <message>
   <source>Cannot import {name}; choose one of {known}.</source>
   <translation>无法导入 {name}；请从 {known} 中选择。</translation>
  </message>
  <message>
   <source>Cannot write to {project}: {reason}. Put the project into a folder that you may write to.</source>
   <translation>无法写入 {project}：{reason}。请将项目放到可写入的文件夹中。</translation>
  </message>
  <message>
   <source>Cannot write {file}: {reason}.</source>
   <translation>无法写入 {file}：{reason}。</translation>
  </message>
  <message>
   <source>Cannot write {file}: {why}.</source>
   <translation>无法写入 {file}：{why}。</translation>
  </message>
  <message>
   <source>Choose two files: the encoder and the decoder of the same model.</source>
   <translation>请选择两个文件：同一模型的编码器和解码器。</translation>
  </message>
  <message>
   <source>Chosen by you.</source>
   <translation>由您选择。</translation>
  </message>
  <message>
   <source>Cross-entropy with Dice, so that small objects count as well.</source>
   <translation>交叉熵加 Dice，让小对象也受到重视。</translation>
  </message>
  <message>
   <source>Cross-entropy, which gives honest probabilities.</source>
   <translation>交叉熵，给出的概率可信。</translation>
  </message>
  <message>
   <source>Draws fine borders and thin parts; slower than LR-ASPP.</source>
   <translation>能画出细致的边界和细小的部分；比 LR-ASPP 慢。</translation>
  </message>
  <message>
   <source>Enough for the first, rough steps to settle.</source>
   <translation>足以让最初不稳的几步平稳下来。</translation>
  </message>
  <message>
   <source>Every layer may adapt to the images.</source>
   <translation>每一层都可以适应这些图像。</translation>
  </message>
  <message>
   <source>Falls smoothly to nearly nothing at the last epoch.</source>
   <translation>平滑下降，到最后一轮接近零。</translation>
  </message>
  <message>
   <source>Faster on this graphics card, and as accurate.</source>
   <translation>在此显卡上更快，准确度相同。</translation>
  </message>
  <message>
   <source>Fewer classes: there are {count}, and a model that segments learns {most} at most.</source>
   <translation>减少类别：现有 {count} 个，而语义分割模型最多学习 {most} 个。</translation>
  </message>
  <message>
   <source>Fewer different points: there are {count}, most of them on {file}, and a model learns {most} at most. Those that mean the same place need the same name.</source>
   <translation>减少不同的点：现有 {count} 个（{file} 上最多），而模型最多学习 {most} 个。表示同一位置的点需要同一名称。</translation>
  </message>
  <message>
   <source>Finds small and crowded objects, and trains without a graphics card.</source>
   <translation>能找到小而密集的对象，没有显卡也能训练。</translation>
  </message>
  <message>
   <source>Finished after {epochs} epochs, since the last {stale} brought nothing better; the best is epoch {epoch}.</source>
   <translation>共训练 {epochs} 轮后结束，因为最近 {stale} 轮没有改善；最好的是第 {epoch} 轮。</translation>
  </message>
  <message>
   <source>Finished; the best is epoch {epoch}.</source>
   <translation>训练完成；最好的是第 {epoch} 轮。</translation>
  </message>
  <message>
   <source>Fits the graphics card's memory.</source>
   <translation>适合显卡的内存。</translation>
  </message>
  <message>
   <source>Flips, crops and colours make more of few pictures.</source>
   <translation>翻转、裁剪和变色可以让少量图片变得更多样。</translation>
  </message>
  <message>
   <source>Folders of classes</source>
   <translation>按类别分的文件夹</translation>
  </message>
  <message>
   <source>Found by a search for quick networks; for weak computers.</source>
   <translation>由快速网络搜索得到；适合性能较弱的电脑。</translation>
  </message>
  <message>
   <source>Four pictures in one show objects at more sizes and places; not in the last epochs.</source>
   <translation>四图拼一，让对象以更多大小和位置出现；最后几轮不使用。</translation>
  </message>
  <message>
   <source>Gets further in few steps than what this detector was trained with.</source>
   <translation>步数少时，比此检测器原来的训练方式进展更快。</translation>
  </message>
  <message>
   <source>Goes with the augmentation.</source>
   <translation>与数据增强相配。</translation>
  </message>
  <message>
   <source>Goes with the augmentation; left and right points change places.</source>
   <translation>随数据增强而定；左右关键点会互换。</translation>
  </message>
  <message>
   <source>Goes with the optimizer.</source>
   <translation>与优化器相配。</translation>
  </message>
  <message>
   <source>Going on with an interrupted prediction: {known} of {total} image(s) are done.</source>
   <translation>继续之前中断的预测：{total} 张图像中已完成 {known} 张。</translation>
  </message>
  <message>
   <source>Index masks (PNG)</source>
   <translation>索引掩码（PNG）</translation>
  </message>
  <message>
   <source>Interrupted.</source>
   <translation>已中断。</translation>
  </message>
  <message>
   <source>It is complete for some of the classes only; it is left out.</source>
   <translation>只标全了部分类别，已略过。</translation>
  </message>
  <message>
   <source>It is judged on {count} validation images only: with {least} or more a difference can be seen.</source>
   <translation>只在 {count} 张验证图像上评测：有 {least} 张或更多才能看出差别。</translation>
  </message>
  <message>
   <source>It takes trainings on three different numbers of images, and there are two. Measure the learning curve, or train again after labelling about {wanted} more images.</source>
   <translation>需要用三种不同数量的图像训练，目前只有两种。请测量学习曲线，或再标注约 {wanted} 张图像后重新训练。</translation>
  </message>
  <message>
   <source>It takes trainings on three different numbers of images, and there is one. Measure the learning curve, or train again after labelling about {wanted} more images, and once more after that.</source>
   <translation>需要用三种不同数量的图像训练，目前只有一种。请测量学习曲线，或再标注约 {wanted} 张图像后重新训练，之后再来一次。</translation>
  </message>
  <message>
   <source>Keeps borders to a few pixels at a bearable speed.</source>
   <translation>速度尚可，边界误差在几个像素以内。</translation>
  </message>
  <message>
   <source>Keeps one odd batch from doing harm.</source>
   <translation>避免个别异常批次造成破坏。</translation>
  </message>
  <message>
   <source>Layers {layer} cannot be frozen: none of {model} begins with that.</source>
   <translation>无法冻结层 {layer}：{model} 中没有以此开头的层。</translation>
  </message>
  <message>
   <source>Learned from pictures of 320 pixels: quick, for large objects.</source>
   <translation>用 320 像素的图片训练：快，适合大对象。</translation>
  </message>
  <message>
   <source>Learns quickly at many learning rates.</source>
   <translation>在多种学习率下都能快速学习。</translation>
  </message>
  <message>
   <source>Left out: {problem}</source>
   <translation>已略过：{problem}</translation>
  </message>
  <message>
   <source>Line {line} of {file} is not an index and a name, as other lines are; give every line an index, or none.</source>
   <translation>{file} 的第 {line} 行不像其他行那样由序号和名称组成；请为每一行都加上序号，或都不加。</translation>
  </message>
  <message>
   <source>Lines and points cover nothing, so this cannot be done with them.</source>
   <translation>折线和关键点没有面积，无法执行此操作。</translation>
  </message>
  <message>
   <source>Looks back over a twentieth of the run.</source>
   <translation>回看整个训练的二十分之一。</translation>
  </message>
  <message>
   <source>Made for telephones: very quick, a little less accurate.</source>
   <translation>为手机设计：非常快，准确度略低。</translation>
  </message>
  <message>
   <source>Makes a difference on CUDA graphics cards only.</source>
   <translation>只在 CUDA 显卡上起作用。</translation>
  </message>
  <message>
   <source>Masks of one byte a pixel can tell {most} classes apart, and the project has {count}.</source>
   <translation>每像素一字节的掩码最多能区分 {most} 个类别，而项目有 {count} 个。</translation>
  </message>
  <message>
   <source>More passes over so few images would hardly bring more; training stops earlier when nothing improves.</source>
   <translation>图像这么少，再多遍历也难有收获；不再改善时训练会提前停止。</translation>
  </message>
  <message>
   <source>Much like MobileNet v3, from an older and well-tried backbone.</source>
   <translation>与 MobileNet v3 相近，使用更早、久经考验的骨干网络。</translation>
  </message>
  <message>
   <source>Nearly as accurate as large models, in a fraction of their time.</source>
   <translation>几乎与大模型一样准确，用时只是其一小部分。</translation>
  </message>
  <message>
   <source>Neither {first} nor {second} takes points, so neither is the decoder of a segmentation model.</source>
   <translation>{first} 和 {second} 都不接受点输入，因此都不是分割模型的解码器。</translation>
  </message>
  <message>
   <source>New and trained layers learn well together here.</source>
   <translation>新层和已训练的层在此可以一起学习。</translation>
  </message>
  <message>
   <source>New layers settle first, so that they do not upset the trained ones.</source>
   <translation>先让新层稳定下来，避免扰乱已训练的层。</translation>
  </message>
  <message>
   <source>No earlier image in this folder has a shape of the same class and kind to begin with.</source>
   <translation>此文件夹中较早的图像上没有同类别、同类型的形状可作起点。</translation>
  </message>
  <message>
   <source>No finished run has been judged yet. Measure the learning curve, or train again each time many more images are labelled.</source>
   <translation>还没有评测过的已完成运行。请测量学习曲线，或每次多标注一批图像后重新训练。</translation>
  </message>
  <message>
   <source>No image between this one and the one before is still to do.</source>
   <translation>这张与前一张之间没有待办的图像。</translation>
  </message>
  <message>
   <source>No image could be exported ({first}).</source>
   <translation>没有任何图像能够导出（{first}）。</translation>
  </message>
  <message>
   <source>No image has a tag yet, so there are no class folders to export.</source>
   <translation>还没有任何图像带标签，因此没有可导出的类别文件夹。</translation>
  </message>
  <message>
   <source>No image has a tag yet, so there is no table to export.</source>
   <translation>还没有任何图像带标签，因此没有可导出的表格。</translation>
  </message>
  <message>
   <source>No image is in the validation split, so the model cannot be judged while it learns.</source>
   <translation>验证集中没有图像，因此训练时无法评判模型。</translation>
  </message>
  <message>
   <source>No image is in the validation split: the last model is kept, unjudged.</source>
   <translation>验证集中没有图像：保留最后的模型，未经评判。</translation>
  </message>
  <message>
   <source>No labelled image that can be read is in the training split; put some there.</source>
   <translation>训练集中没有可读取的已标注图像；请放入一些。</translation>
  </message>
  <message>
   <source>No layer was trained before.</source>
   <translation>没有已训练过的层。</translation>
  </message>
  <message>
   <source>No learning rate made the loss fall; look at the labels and the images.</source>
   <translation>没有任何学习率能使损失下降；请检查标注和图像。</translation>
  </message>
  <message>
   <source>No logs for TensorBoard are written, since it is not installed; install the package tensorboard and train anew to have them.</source>
   <translation>未安装 TensorBoard，因此没有写出日志；如需日志，请安装 tensorboard 包后重新训练。</translation>
  </message>
  <message>
   <source>No model for outlines is loaded; add one in the settings.</source>
   <translation>没有加载轮廓模型；请在设置中添加。</translation>
  </message>
  <message>
   <source>No validation image shows {label}, so how well it is learned stays unknown.</source>
   <translation>没有验证图像包含 {label}，因此无法得知它学得如何。</translation>
  </message>
  <message>
   <source>None of the images could be read.</source>
   <translation>没有一张图像可以读取。</translation>
  </message>
  <message>
   <source>None of the images of {source} was found in {folder}{first}; say in which folder the images are.</source>
   <translation>{source} 中的图像在 {folder}{first} 里一张也没找到；请指明图像所在的文件夹。</translation>
  </message>
  <message>
   <source>None of the images to evaluate on can be read.</source>
   <translation>用于评测的图像都无法读取。</translation>
  </message>
  <message>
   <source>None of the shapes can be written as YOLO {task}; choose another format.</source>
   <translation>没有任何形状可以写为 YOLO {task}；请选择其他格式。</translation>
  </message>
  <message>
   <source>Nothing below overlaps the selected shapes.</source>
   <translation>下方没有与所选形状重叠的形状。</translation>
  </message>
  <message>
   <source>Nothing better for {count} epochs: the learning rate falls to {percent}% of its peak.</source>
   <translation>连续 {count} 轮没有改善：学习率降到峰值的 {percent}%。</translation>
  </message>
  <message>
   <source>Nothing would be left of the lowest shape, so it stays as it is.</source>
   <translation>最下层的形状会被全部减去，因此保持不变。</translation>
  </message>
  <message>
   <source>Objects that are labelled twice in one place: {count}.</source>
   <translation>同一处重复标注的对象：{count} 个。</translation>
  </message>
  <message>
   <source>Of no use for this task.</source>
   <translation>对此任务没有用处。</translation>
  </message>
  <message>
   <source>Of the largest; its weights (SWAG, by Meta) may be used for non-commercial purposes only.</source>
   <translation>最大的之一；其权重（Meta 的 SWAG）只能用于非商业用途。</translation>
  </message>
  <message>
   <source>Of use for finding objects only.</source>
   <translation>只对查找对象的任务有用。</translation>
  </message>
  <message>
   <source>One image of {before} pixels is too much for the memory: the run goes on from where it was last saved, with images of {size} pixels. A smaller model would see them whole.</source>
   <translation>一张 {before} 像素的图像就超出内存：此运行从上次保存处继续，图像改为 {size} 像素。换用更小的模型可以保持原来的大小。</translation>
  </message>
  <message>
   <source>One image of {size} pixels is too much for the memory; choose a smaller image size or a smaller model.</source>
   <translation>一张 {size} 像素的图像就超出内存；请选择更小的图像尺寸或更小的模型。</translation>
  </message>
  <message>
   <source>One stage, no anchors: for objects of unusual shapes; wants a graphics card.</source>
   <translation>单阶段、无锚框：适合形状特殊的对象；需要显卡。</translation>
  </message>
  <message>
   <source>Only SGD and RMSprop use it.</source>
   <translation>只有 SGD 和 RMSprop 使用它。</translation>
  </message>
  <message>
   <source>Only a training can be shared by several processes; use a single one.</source>
   <translation>只有训练可以由多个进程分担；请使用单个进程。</translation>
  </message>
  <message>
   <source>Only the focal loss uses it.</source>
   <translation>只有 Focal loss 使用。</translation>
  </message>
  <message>
   <source>Outlines or masks on 1 more image.</source>
   <translation>再有 1 张带轮廓或掩码的图像。</translation>
  </message>
  <message>
   <source>Outlines or masks on {count} more images.</source>
   <translation>再有 {count} 张带轮廓或掩码的图像。</translation>
  </message>
  <message>
   <source>Outlines that cross themselves: {count}.</source>
   <translation>自相交的轮廓：{count} 个。</translation>
  </message>
  <message>
   <source>Pascal VOC (boxes)</source>
   <translation>Pascal VOC（边界框）</translation>
  </message>
  <message>
   <source>Pascal VOC counts whole pixels; {count} box(es) were widened to the pixels that they touch</source>
   <translation>Pascal VOC 以整像素计；{count} 个框已向外扩到所触及的像素</translation>
  </message>
  <message>
   <source>Pascal VOC has no attributes but difficult, truncated and occluded; {count} other(s) were left out</source>
   <translation>Pascal VOC 只有 difficult、truncated 和 occluded 三种属性；其余 {count} 个已略过</translation>
  </message>
  <message>
   <source>Pascal VOC has no lines; {count} were left out</source>
   <translation>Pascal VOC 没有折线；已略过 {count} 条</translation>
  </message>
  <message>
   <source>Pascal VOC has no points; {count} set(s) were left out</source>
   <translation>Pascal VOC 没有点；已略过 {count} 组</translation>
  </message>
  <message>
   <source>Pascal VOC has no regions to ignore; {count} became "difficult" objects</source>
   <translation>Pascal VOC 没有忽略区域；{count} 个已变为“difficult”对象</translation>
  </message>
  <message>
   <source>Pascal VOC has no tags; {count} were left out</source>
   <translation>Pascal VOC 没有标签；已略过 {count} 个</translation>
  </message>
  <message>
   <source>Pascal VOC has upright boxes only; {count} outline(s), mask(s) and rotated box(es) became the boxes around them</source>
   <translation>Pascal VOC 只有正框；{count} 个轮廓、掩码和旋转框已变为其外接框</translation>
  </message>
  <message>
   <source>Paused in epoch {epoch}; it can go on from here.</source>
   <translation>已在第 {epoch} 轮暂停；可以从这里继续。</translation>
  </message>
  <message>
   <source>Pays on CUDA graphics cards only.</source>
   <translation>只在 CUDA 显卡上划算。</translation>
  </message>
  <message>
   <source>Points on 1 more image.</source>
   <translation>再有 1 张带关键点的图像。</translation>
  </message>
  <message>
   <source>Points on {count} more images.</source>
   <translation>再有 {count} 张带关键点的图像。</translation>
  </message>
  <message>
   <source>Reading the labels…</source>
   <translation>正在读取标注…</translation>
  </message>
  <message>
   <source>Remembers where each maximum lay, so that borders come back in their places.</source>
   <translation>记住每个最大值的位置，使边界恢复到原处。</translation>
  </message>
  <message>
   <source>Run {run} cannot be compared: its files are damaged.</source>
   <translation>运行 {run} 无法比较：其文件已损坏。</translation>
  </message>
  <message>
   <source>Run {run} cannot be continued: it is {state}.</source>
   <translation>运行 {run} 无法继续：它的状态是{state}。</translation>
  </message>
  <message>
   <source>Run {run} cannot be deleted: {reason}.</source>
   <translation>无法删除运行 {run}：{reason}。</translation>
  </message>
  <message>
   <source>Run {run} cannot be judged on {split}: no labelled image is in that split, other than those that the run has seen.</source>
   <translation>无法在{split}上评判运行 {run}：除该运行见过的图像外，该子集中没有已标注的图像。</translation>
  </message>
  <message>
   <source>Run {run} cannot be trained for longer: it is {state}.</source>
   <translation>运行 {run} 无法继续训练：它的状态是{state}。</translation>
  </message>
  <message>
   <source>Run {run} cannot be trained for longer; start a new one with its settings.</source>
   <translation>运行 {run} 无法继续训练；请用其设置开始一次新的运行。</translation>
  </message>
  <message>
   <source>Run {run} has no checkpoint to go on from.</source>
   <translation>运行 {run} 没有可继续的检查点。</translation>
  </message>
  <message>
   <source>Run {run} has no model yet.</source>
   <translation>运行 {run} 还没有模型。</translation>
  </message>
  <message>
   <source>Run {run} holds no trained model.</source>
   <translation>运行 {run} 中没有训练好的模型。</translation>
  </message>
  <message>
   <source>Run {run} is still at work.</source>
   <translation>运行 {run} 仍在进行。</translation>
  </message>
  <message>
   <source>Run {run} was made by a newer Vision Studio; please update.</source>
   <translation>运行 {run} 由更新版本的 Vision Studio 生成；请更新程序。</translation>
  </message>
  <message>
   <source>Sees far around each pixel, and trains without a graphics card.</source>
   <translation>每个像素的视野很大，没有显卡也能训练。</translation>
  </message>
  <message>
   <source>Sees far around each pixel: for scenes and large regions; wants a graphics card.</source>
   <translation>每个像素的视野很大：适合场景和大区域；需要显卡。</translation>
  </message>
  <message>
   <source>Sees pictures of 299 pixels, with a helping head while it learns.</source>
   <translation>输入 299 像素的图片，学习时带有辅助头。</translation>
  </message>
  <message>
   <source>Seldom better when fine-tuning.</source>
   <translation>微调时很少更好。</translation>
  </message>
  <message>
   <source>Select a polygon first; other shapes have no vertices to leave out.</source>
   <translation>请先选择多边形；其他形状没有可减少的顶点。</translation>
  </message>
  <message>
   <source>Select a shape first.</source>
   <translation>请先选择一个形状。</translation>
  </message>
  <message>
   <source>Select the later of two shapes first: the images between them are filled in.</source>
   <translation>请先选中两个形状中靠后的一个：两者之间的图像会自动补上。</translation>
  </message>
  <message>
   <source>Select the shapes of the new class first.</source>
   <translation>请先选择要归入新类别的形状。</translation>
  </message>
  <message>
   <source>Select two or more shapes first.</source>
   <translation>请先选择两个或更多形状。</translation>
  </message>
  <message>
   <source>Shape {position} has no area within the image; it is left out.</source>
   <translation>形状 {position} 在图像内没有面积，已忽略。</translation>
  </message>
  <message>
   <source>Shape {position} has no point within the image; it is left out.</source>
   <translation>形状 {position} 在图像内没有点，已略过。</translation>
  </message>
  <message>
   <source>Shapes less than two pixels wide or high: {count}.</source>
   <translation>宽或高不足两个像素的形状：{count} 个。</translation>
  </message>
  <message>
   <source>Shapes that reach beyond their image: {count}.</source>
   <translation>超出图像的形状：{count} 个。</translation>
  </message>
  <message>
   <source>Shapes without area: {count}. They are left out.</source>
   <translation>没有面积的形状：{count} 个，已略过。</translation>
  </message>
  <message>
   <source>Ships with the program: for simple pictures, few of them, and no download.</source>
   <translation>随程序附带：适合简单、少量的图片，无需下载。</translation>
  </message>
  <message>
   <source>Ships with the program: for simple scenes, few pictures, and no download.</source>
   <translation>随程序附带：适合简单场景和少量图片，无需下载。</translation>
  </message>
  <message>
   <source>Showing rare classes more often is the gentler way.</source>
   <translation>增加稀有类别的采样是更温和的办法。</translation>
  </message>
  <message>
   <source>Slower; results are alike without, if not to the last digit.</source>
   <translation>较慢；不开启时结果也相近，只是末位数字可能不同。</translation>
  </message>
  <message>
   <source>Small on disk for its accuracy; takes much memory while it learns.</source>
   <translation>就其准确度而言文件很小；学习时占用内存多。</translation>
  </message>
  <message>
   <source>Smaller than the {wanted} pixels that would suit, so that training without a graphics card stays near {minutes} minutes.</source>
   <translation>小于合适的 {wanted} 像素，以便没有显卡时训练时间保持在 {minutes} 分钟左右。</translation>
  </message>
  <message>
   <source>So far more images have not made it better. What holds it back may be something else: look at the worst images in Results, or try a more accurate model.</source>
   <translation>到目前为止，更多图像并没有让它变好。限制它的可能是别的原因：请在“结果”中查看最差的图像，或试试更准确的模型。</translation>
  </message>
  <message>
   <source>Something that this change belongs to is no longer in the project, so nothing was changed.</source>
   <translation>这项更改所属的内容已不在项目中，因此未做任何更改。</translation>
  </message>
  <message>
   <source>Starts from a small part that sees, trained on drawn shapes, which is always here; what finds and names your classes is new.</source>
   <translation>从随程序附带、负责“看”的小部分开始，它已用绘制的形状训练过；寻找和辨认您的类别的部分是新的。</translation>
  </message>
  <message>
   <source>Starts from nothing learned before.</source>
   <translation>从头开始，没有预先学过的内容。</translation>
  </message>
  <message>
   <source>Starts from the part that sees, trained on photographs of a thousand kinds of things (ImageNet); what finds and names your classes is new.</source>
   <translation>从负责“看”的部分开始，它已用一千种物品的照片（ImageNet）训练过；寻找和辨认您的类别的部分是新的。</translation>
  </message>
  <message>
   <source>Starts from the whole model, trained on photographs of everyday things (COCO); only the part that names your classes is new.</source>
   <translation>从完整的模型开始，它已用日常物品的照片（COCO）训练过；只有辨认您的类别的部分是新的。</translation>
  </message>
  <message>
   <source>Starts from the whole network, trained on photographs of a thousand kinds of things (ImageNet); only the part that names your classes is new.</source>
   <translation>从完整的网络开始，它已用一千种物品的照片（ImageNet）训练过；只有辨认您的类别的部分是新的。</translation>
  </message>
  <message>
   <source>Steadier than the last step; fewer epochs are needed.</source>
   <translation>比最后一步更稳定；需要的轮数更少。</translation>
  </message>
  <message>
   <source>Stopped before the first epoch ended; its model is kept.</source>
   <translation>在第一轮结束前停止；已保留其模型。</translation>
  </message>
  <message>
   <source>Stopped before training began; no run was made.</source>
   <translation>在训练开始前停止；没有生成运行。</translation>
  </message>
  <message>
   <source>Stopped; the model of epoch {epoch} is kept.</source>
   <translation>已停止；保留第 {epoch} 轮的模型。</translation>
  </message>
  <message>
   <source>Stops when {count} epochs bring nothing; the best one is kept.</source>
   <translation>连续 {count} 轮没有改善就停止；保留最好的一轮。</translation>
  </message>
  <message>
   <source>Suits this task without a graphics card: more steps in the same time.</source>
   <translation>没有显卡时适合此任务：同样时间内可完成更多步。</translation>
  </message>
  <message>
   <source>Table of tags (CSV)</source>
   <translation>标签表格（CSV）</translation>
  </message>
  <message>
   <source>Tags on {count} more image(s), for comparison.</source>
   <translation>再有 {count} 张带标签的图像，用于对照。</translation>
  </message>
  <message>
   <source>That {row} exists already, so nothing was done.</source>
   <translation>该{row}已存在，因此未做任何更改。</translation>
  </message>
  <message>
   <source>The background process cannot start: {why}.</source>
   <translation>后台进程无法启动：{why}。</translation>
  </message>
  <message>
   <source>The background process crashed (signal {signal}).</source>
   <translation>后台进程崩溃（信号 {signal}）。</translation>
  </message>
  <message>
   <source>The background process ended unexpectedly (exit code {code}). {last}</source>
   <translation>后台进程意外结束（退出代码 {code}）。{last}</translation>
  </message>
  <message>
   <source>The background process was killed.</source>
   <translation>后台进程已被终止。</translation>
  </message>
  <message>
   <source>The best for this task whose weights are on this computer.</source>
   <translation>权重已在本机的模型中，最适合此任务的一个。</translation>
  </message>
  <message>
   <source>The best of its kind for this computer with the weights that are here.</source>
   <translation>本机已有权重的同类模型中最适合这台计算机的。</translation>
  </message>
  <message>
   <source>The best of its kind for this computer; others could learn for less time.</source>
   <translation>同类中最适合这台计算机的；其他模型能学习的轮数更少。</translation>
  </message>
  <message>
   <source>The change of {time} touches the same class; take that one back first.</source>
   <translation>{time} 的修改涉及同一个类别；请先撤回那次修改。</translation>
  </message>
  <message>
   <source>The change of {time} touches the same image; take that one back first.</source>
   <translation>{time} 的修改涉及同一张图像；请先撤回那次修改。</translation>
  </message>
  <message>
   <source>The change of {time} touches the same labels; take that one back first.</source>
   <translation>{time} 的修改涉及相同的标注；请先撤回那次修改。</translation>
  </message>
  <message>
   <source>The change of {time} touches the same setting; take that one back first.</source>
   <translation>{time} 的修改涉及同一项设置；请先撤回那次修改。</translation>
  </message>
  <message>
   <source>The checkpoint of run {run} is damaged; start a new run.</source>
   <translation>运行 {run} 的检查点已损坏；请重新开始一次运行。</translation>
  </message>
  <message>
   <source>The class of what would come back has been deleted since.</source>
   <translation>要恢复的内容所属的类别后来已被删除。</translation>
  </message>
  <message>
   <source>The class {name} is in use by now.</source>
   <translation>类别“{name}”现已在使用。</translation>
  </message>
  <message>
   <source>The classes are even enough: {common} is on {most} images, {rare} on {least}.</source>
   <translation>各类别足够均衡：“{common}”有 {most} 张图像，“{rare}”有 {least} 张。</translation>
  </message>
  <message>
   <source>The classic of one glance: quick on a graphics card, for pictures of 300 pixels.</source>
   <translation>单次检测的经典：有显卡时很快，适用 300 像素的图片。</translation>
  </message>
  <message>
   <source>The curves are shown here anyway.</source>
   <translation>曲线在这里本就会显示。</translation>
  </message>
  <message>
   <source>The detector's own, for boxes, classes and points together.</source>
   <translation>检测器自带的损失，同时针对边界框、类别和关键点。</translation>
  </message>
  <message>
   <source>The detector's own, for places and classes together.</source>
   <translation>检测器自己的损失，同时针对位置和类别。</translation>
  </message>
  <message>
   <source>The disk is full. Make room, then try again.</source>
   <translation>磁盘已满。请腾出空间后重试。</translation>
  </message>
  <message>
   <source>The disk is full: {file} needs {size} MB in {folder}.</source>
   <translation>磁盘已满：{file} 需要 {folder} 中有 {size} MB 空间。</translation>
  </message>
  <message>
   <source>The disk of the project has {free} MB left; this training may need {needed} MB for its checkpoints.</source>
   <translation>项目所在磁盘剩余 {free} MB；此次训练的检查点可能需要 {needed} MB。</translation>
  </message>
  <message>
   <source>The disk that holds {folder} is full. Make room, then continue the run: it goes on from its last checkpoint.</source>
   <translation>{folder} 所在的磁盘已满。请腾出空间后继续此运行：它会从最后一个检查点继续。</translation>
  </message>
  <message>
   <source>The download of {file} ended early.</source>
   <translation>{file} 的下载提前中断。</translation>
  </message>
  <message>
   <source>The first Inception, with helping heads while it learns.</source>
   <translation>第一代 Inception，学习时带有辅助头。</translation>
  </message>
  <message>
   <source>The first epochs say little about the last.</source>
   <translation>最初几轮不能说明最终效果。</translation>
  </message>
  <message>
   <source>The first line of {file} must name the columns, among them "file" and "label".</source>
   <translation>{file} 的第一行必须是列名，其中要有 "file" 和 "label"。</translation>
  </message>
  <message>
   <source>The first tenth of the steps, so that new layers do not upset trained ones.</source>
   <translation>前十分之一的步数，避免新层扰乱已训练的层。</translation>
  </message>
  <message>
   <source>The first with focal loss; the second version is more accurate.</source>
   <translation>最早使用 Focal loss 的检测器；第二版更准确。</translation>
  </message>
  <message>
   <source>The first {count} stages cannot be frozen: {model} has {most}.</source>
   <translation>无法冻结前 {count} 个阶段：{model} 只有 {most} 个。</translation>
  </message>
  <message>
   <source>The folder {folder} cannot be listed: {reason}.</source>
   <translation>无法列出文件夹 {folder}：{reason}。</translation>
  </message>
  <message>
   <source>The format of {source} was not recognised; say --format.</source>
   <translation>无法识别 {source} 的格式；请用 --format 指定。</translation>
  </message>
  <message>
   <source>The frames of {video} cannot be written to {folder}: {reason}.</source>
   <translation>无法将 {video} 的帧写入 {folder}：{reason}。</translation>
  </message>
  <message>
   <source>The frozen data set of run {run} cannot be read: {reason}.</source>
   <translation>无法读取运行 {run} 的固定数据集：{reason}。</translation>
  </message>
  <message>
   <source>The image has been tagged otherwise since.</source>
   <translation>此图像后来已打上其他标签。</translation>
  </message>
  <message>
   <source>The images can no longer be read, as if their drive or folder {folder} had gone. Bring it back, then continue the run: it goes on from its last checkpoint.</source>
   <translation>图像已无法读取，其磁盘或文件夹 {folder} 似乎已不在。请将其恢复后继续此运行：它会从最后一个检查点继续。</translation>
  </message>
  <message>
   <source>The images that can be read do not show enough classes.</source>
   <translation>可读取的图像中类别不够。</translation>
  </message>
  <message>
   <source>The job was ended before it began.</source>
   <translation>任务在开始前就已结束。</translation>
  </message>
  <message>
   <source>The last change is still being written; try again in a moment.</source>
   <translation>上一次更改仍在写入；请稍后再试。</translation>
  </message>
  <message>
   <source>The masks in {folder} have {count} different values; give a file with the names of the classes.</source>
   <translation>{folder} 中的掩码有 {count} 个不同的值；请提供包含类别名称的文件。</translation>
  </message>
  <message>
   <source>The memory is full. Close other programs, or those that use the graphics card, then try again.</source>
   <translation>内存或显存已满。请关闭其他程序（尤其是正在使用显卡的程序），然后重试。</translation>
  </message>
  <message>
   <source>The memory is full: working on {count} image(s) at a time instead of {before}, which is slower but learns the same.</source>
   <translation>内存已满：每次处理 {count} 张图像，而不是 {before} 张；速度较慢，但学到的内容相同。</translation>
  </message>
  <message>
   <source>The model could not be compiled, which would have made it faster; it is trained as it is: {reason}.</source>
   <translation>模型无法编译（编译后本会更快），将按原样训练：{reason}。</translation>
  </message>
  <message>
   <source>The model for outlines is gone from this computer; add it again in the settings.</source>
   <translation>轮廓模型已不在本机；请在设置中重新添加。</translation>
  </message>
  <message>
   <source>The model of run {run} cannot be read: {reason}.</source>
   <translation>无法读取运行 {run} 的模型：{reason}。</translation>
  </message>
  <message>
   <source>The most accurate for this task that suits a graphics card.</source>
   <translation>适合显卡的模型中，对此任务最准确的一个。</translation>
  </message>
  <message>
   <source>The most accurate here, and it has learned from people; wants a graphics card.</source>
   <translation>此处最准确的，并且学习过人体；需要显卡。</translation>
  </message>
  <message>
   <source>The most accurate here; wants a graphics card with time to spare.</source>
   <translation>此处最准确的；需要显卡和充裕的时间。</translation>
  </message>
  <message>
   <source>The most accurate of the usual models.</source>
   <translation>常用模型中最准确的。</translation>
  </message>
  <message>
   <source>The most accurate on photographs of scenes; wants a large graphics card.</source>
   <translation>在场景照片上最准确；需要大显存的显卡。</translation>
  </message>
  <message>
   <source>The name of the folder {folder} is not valid Unicode; rename it.</source>
   <translation>文件夹 {folder} 的名称不是有效的 Unicode；请重命名。</translation>
  </message>
  <message>
   <source>The name of {file} is not valid Unicode; rename the file or its folder.</source>
   <translation>{file} 的名称不是有效的 Unicode；请重命名文件或其所在文件夹。</translation>
  </message>
  <message>
   <source>The network of 2012 that began it all: quick, coarse, large on disk.</source>
   <translation>2012 年开创先河的网络：快，粗略，文件大。</translation>
  </message>
  <message>
   <source>The note of run {run} cannot be kept: {reason}.</source>
   <translation>无法保存运行 {run} 的备注：{reason}。</translation>
  </message>
  <message>
   <source>The numbers of training images are too alike: the largest must be twice the smallest. Measure the learning curve, or train again after labelling about {wanted} more images.</source>
   <translation>各次训练的图像数量太接近：最多的须是最少的两倍。请测量学习曲线，或再标注约 {wanted} 张图像后重新训练。</translation>
  </message>
  <message>
   <source>The only one whose weights are on this computer; for photographs, choose another and let its weights be downloaded.</source>
   <translation>唯一一个权重已在本机的模型；处理照片时，请选择其他模型并下载其权重。</translation>
  </message>
  <message>
   <source>The paper's rate for this batch size.</source>
   <translation>论文中此批大小对应的学习率。</translation>
  </message>
  <message>
   <source>The part that names your classes starts from a quick fit to the training images instead.</source>
   <translation>辨认类别的部分改为从对训练图像的快速拟合开始。</translation>
  </message>
  <message>
   <source>The part that names your classes starts from a quick fit to {count} training images, which names about {part} of such images right.</source>
   <translation>辨认类别的部分以对 {count} 张训练图像的快速拟合为起点，该拟合对此类图像的正确率约为 {part}。</translation>
  </message>
  <message>
   <source>The pictures are no larger, and their objects are.</source>
   <translation>图片本身不大，其中的对象较大。</translation>
  </message>
  <message>
   <source>The pictures are small themselves.</source>
   <translation>图片本身就小。</translation>
  </message>
  <message>
   <source>The pictures vary enough by themselves.</source>
   <translation>图片本身已足够多样。</translation>
  </message>
  <message>
   <source>The pictures' own size.</source>
   <translation>图片的原始大小。</translation>
  </message>
  <message>
   <source>The plain classic on a deeper network; wants a large graphics card.</source>
   <translation>更深网络上的朴素经典；需要大显存的显卡。</translation>
  </message>
  <message>
   <source>The plain classic: no more than convolutions; wants a graphics card.</source>
   <translation>朴素的经典：只有卷积；需要显卡。</translation>
  </message>
  <message>
   <source>The points of 1 object have no names, as others have; they count in this order: {order}.</source>
   <translation>有 1 个对象的点没有名称，而其他对象的点有；这些点按以下顺序计：{order}。</translation>
  </message>
  <message>
   <source>The points of {count} objects have no names, as others have; they count in this order: {order}.</source>
   <translation>有 {count} 个对象的点没有名称，而其他对象的点有；这些点按以下顺序计：{order}。</translation>
  </message>
  <message>
   <source>The points' names do not tell left from right, so a mirrored image might teach the wrong ones; name them such as left_eye and right_eye, or set this where sides look alike.</source>
   <translation>关键点的名称没有区分左右，镜像图像可能教错；请命名为 left_eye、right_eye 之类，或在两侧相同时自行设置。</translation>
  </message>
  <message>
   <source>The pretrained weights of {model} are not on this computer and could not be fetched: {reason} Put {architecture}.safetensors into a folder named by STUDIO_WEIGHTS, or start from random weights (--from-scratch).</source>
   <translation>本机没有 {model} 的预训练权重，也无法获取：{reason} 请将 {architecture}.safetensors 放入 STUDIO_WEIGHTS 指定的文件夹，或从随机权重开始（--from-scratch）。</translation>
  </message>
  <message>
   <source>The process that finds outlines has ended unexpectedly. Until the project is opened again, outlines are found by colour: drag a box around the object.</source>
   <translation>查找轮廓的进程意外结束。在重新打开项目之前，轮廓将按颜色查找：请拖框圈住对象。</translation>
  </message>
  <message>
   <source>The processor: there is a graphics card, {name}, but this build of PyTorch cannot use it.</source>
   <translation>处理器：有显卡 {name}，但此版本的 PyTorch 无法使用它。</translation>
  </message>
  <message>
   <source>The processor: there is no graphics card that can be used.</source>
   <translation>处理器：没有可用的显卡。</translation>
  </message>
  <message>
   <source>The program failed: {error}.</source>
   <translation>程序出错：{error}。</translation>
  </message>
  <message>
   <source>The program failed: {error}. Details are in {log}.</source>
   <translation>程序出错：{error}。详情见 {log}。</translation>
  </message>
  <message>
   <source>The project's file cannot be read: {reason}. If it is damaged, go on with a copy of the project.</source>
   <translation>无法读取项目文件：{reason}。如果文件已损坏，请改用项目的副本继续。</translation>
  </message>
  <message>
   <source>The quick classifier has ended unexpectedly; turn it off and on again.</source>
   <translation>快速分类器意外结束；请关闭后再打开。</translation>
  </message>
  <message>
   <source>The quickest to train and to use; a little less accurate.</source>
   <translation>训练和使用都最快；准确度略低。</translation>
  </message>
  <message>
   <source>The quickest to use; for large objects, few to a picture.</source>
   <translation>使用最快；适合图中数量少的大对象。</translation>
  </message>
  <message>
   <source>The quickest; for large regions with soft borders.</source>
   <translation>最快；适合边界柔和的大区域。</translation>
  </message>
  <message>
   <source>The quotes are not closed.</source>
   <translation>引号没有成对。</translation>
  </message>
  <message>
   <source>The record of run {run} is missing or damaged.</source>
   <translation>运行 {run} 的记录缺失或已损坏。</translation>
  </message>
  <message>
   <source>The result would be too small to be an object.</source>
   <translation>结果太小，不足以成为对象。</translation>
  </message>
  <message>
   <source>The run was discarded and its files deleted.</source>
   <translation>此运行已放弃，其文件已删除。</translation>
  </message>
  <message>
   <source>The runs scatter too much: it may be anything from {low}% to {high}%. Train once more with other seeds, or put more images into validation.</source>
   <translation>各次运行的结果太分散：可能是 {low}% 到 {high}% 之间的任何值。请换随机种子再训练一次，或在验证集中放入更多图像。</translation>
  </message>
  <message>
   <source>The sample project was not finished.</source>
   <translation>示例项目未制作完成。</translation>
  </message>
  <message>
   <source>The saved filter {name} has been changed since.</source>
   <translation>已保存的筛选“{name}”此后又被修改。</translation>
  </message>
  <message>
   <source>The selected shapes are of this kind already.</source>
   <translation>所选形状已是此类型。</translation>
  </message>
  <message>
   <source>The selected shapes have no area in common.</source>
   <translation>所选形状没有公共区域。</translation>
  </message>
  <message>
   <source>The selected shapes have no holes to fill.</source>
   <translation>所选形状没有可填充的孔洞。</translation>
  </message>
  <message>
   <source>The settings of run {run} cannot be read: {reason}.</source>
   <translation>无法读取运行 {run} 的设置：{reason}。</translation>
  </message>
  <message>
   <source>The small network that ships with the program is missing; install it anew.</source>
   <translation>缺少随程序附带的小型网络；请重新安装程序。</translation>
  </message>
  <message>
   <source>The smallest file and the quickest to use; for phones and weak computers.</source>
   <translation>文件最小，使用最快；适合手机和性能较弱的电脑。</translation>
  </message>
  <message>
   <source>The smallest network: where nothing was learned before, it learns the soonest.</source>
   <translation>最小的网络：从头学起时，它学得最快。</translation>
  </message>
  <message>
   <source>The smallest objects are few pixels across, but tiles that hold the largest would be hardly smaller than the pictures.</source>
   <translation>最小的对象只有几个像素宽，但能容纳最大对象的图块几乎与图片一样大。</translation>
  </message>
  <message>
   <source>The smallest objects have pixels enough in whole pictures.</source>
   <translation>在整张图片中，最小的对象也有足够的像素。</translation>
  </message>
  <message>
   <source>The smallest objects would be {before} pixels across in whole pictures; in tiles they are {px}.</source>
   <translation>在整张图片中最小的对象只有 {before} 像素宽；在图块中有 {px} 像素宽。</translation>
  </message>
  <message>
   <source>The smallest objects, {percent}% of the picture's longer side, are then {px} pixels across.</source>
   <translation>最小的对象约占图片长边的 {percent}%，此时有 {px} 像素宽。</translation>
  </message>
  <message>
   <source>The statistics of batches of {count} would be noise.</source>
   <translation>每批 {count} 张图像的统计量只是噪声。</translation>
  </message>
  <message>
   <source>The statistics of {count} images would be poorer than those that the model was trained with.</source>
   <translation>{count} 张图像的统计量不如模型预训练时的统计量。</translation>
  </message>
  <message>
   <source>The system killed the background process (signal {signal}), most likely because memory ran out. Try a smaller batch size or image size.</source>
   <translation>系统终止了后台进程（信号 {signal}），很可能是因为内存不足。请尝试更小的批大小或图像大小。</translation>
  </message>
  <message>
   <source>The task is chosen with --task, not with --set.</source>
   <translation>任务请用 --task 选择，而不是 --set。</translation>
  </message>
  <message>
   <source>The time cannot be kept: {reason}.</source>
   <translation>无法保存测得的时间：{reason}。</translation>
  </message>
  <message>
   <source>The usual number of images at a time.</source>
   <translation>每次图像数的常用值。</translation>
  </message>
  <message>
   <source>The usual one.</source>
   <translation>常用的选择。</translation>
  </message>
  <message>
   <source>The usual rate of AdamW for this detector.</source>
   <translation>AdamW 在此检测器上的常用学习率。</translation>
  </message>
  <message>
   <source>The usual rate of SGD for this batch size.</source>
   <translation>SGD 在此批大小下的常用学习率。</translation>
  </message>
  <message>
   <source>The usual rate of {optimizer} where most of the model has learned before.</source>
   <translation>模型的大部分已预先学过时，{optimizer} 常用的学习率。</translation>
  </message>
  <message>
   <source>The usual rate of {optimizer}.</source>
   <translation>{optimizer} 常用的学习率。</translation>
  </message>
  <message>
   <source>The weights of run {run} cannot be read; the file {file} is damaged.</source>
   <translation>无法读取运行 {run} 的权重；文件 {file} 已损坏。</translation>
  </message>
  <message>
   <source>The whole batch at once, and fewer where the memory demands it.</source>
   <translation>一次处理整批，内存不足时减少。</translation>
  </message>
  <message>
   <source>The work ended without a result.</source>
   <translation>工作结束，但没有结果。</translation>
  </message>
  <message>
   <source>The yardstick of its field; wants a graphics card.</source>
   <translation>该领域的标杆；需要显卡。</translation>
  </message>
  <message>
   <source>The {count} processes ended without a result. Details are in {log}; a run that was begun can be continued.</source>
   <translation>{count} 个进程没有得到结果就结束了。详情见 {log}；已开始的运行可以继续。</translation>
  </message>
  <message>
   <source>There are images enough for statistics of their own.</source>
   <translation>图像足够多，可以使用自己的统计量。</translation>
  </message>
  <message>
   <source>There are no images in {folders}.</source>
   <translation>{folders} 中没有图像。</translation>
  </message>
  <message>
   <source>There are no images in {folder}.</source>
   <translation>{folder} 中没有图像。</translation>
  </message>
  <message>
   <source>There are no keypoints to export as YOLO pose yet.</source>
   <translation>还没有可导出为 YOLO pose 的关键点。</translation>
  </message>
  <message>
   <source>There are no shapes to export yet; draw some, or mark images without any as done.</source>
   <translation>还没有可导出的形状；请绘制一些，或将没有形状的图像标记为完成。</translation>
  </message>
  <message>
   <source>There are only {count} images to learn from.</source>
   <translation>只有 {count} 张图像可供学习。</translation>
  </message>
  <message>
   <source>There are several data sets in {folder}, such as those of {first} and {second}; choose one of them.</source>
   <translation>{folder} 中有多个数据集，例如 {first} 和 {second} 所描述的；请选择其中一个。</translation>
  </message>
  <message>
   <source>There are too few epochs to spend one on the new layers alone.</source>
   <translation>轮数太少，不宜单独用一轮训练新层。</translation>
  </message>
  <message>
   <source>There are {count} tables (.csv) in {folder}; say which one it is.</source>
   <translation>{folder} 中有 {count} 个表格（.csv）；请指明是哪一个。</translation>
  </message>
  <message>
   <source>There is a graphics card.</source>
   <translation>有显卡。</translation>
  </message>
  <message>
   <source>There is already a class called {name}.</source>
   <translation>已有名为 {name} 的类别。</translation>
  </message>
  <message>
   <source>There is no COCO file (.json) in {folder}.</source>
   <translation>{folder} 中没有 COCO 文件（.json）。</translation>
  </message>
  <message>
   <source>There is no CVAT file (.xml) in {folder}.</source>
   <translation>{folder} 中没有 CVAT 文件（.xml）。</translation>
  </message>
  <message>
   <source>There is no Pascal VOC file (.xml) in {folder}.</source>
   <translation>{folder} 中没有 Pascal VOC 文件（.xml）。</translation>
  </message>
  <message>
   <source>There is no YOLO label file (.txt) in {folder}.</source>
   <translation>{folder} 中没有 YOLO 标注文件（.txt）。</translation>
  </message>
  <message>
   <source>There is no folder {folder} any more. It may have been moved or deleted, or its drive is not connected.</source>
   <translation>文件夹 {folder} 已不存在。它可能已被移动或删除，或者所在的驱动器未连接。</translation>
  </message>
  <message>
   <source>There is no labelme file (.json) in {folder}.</source>
   <translation>{folder} 中没有 labelme 文件（.json）。</translation>
  </message>
  <message>
   <source>There is no model {name} for {task}; choose one of {names}, or of all those that studio models lists.</source>
   <translation>{task} 没有模型 {name}；请从 {names} 中选择，或从 studio models 列出的全部模型中选择。</translation>
  </message>
  <message>
   <source>There is no rarer class.</source>
   <translation>没有更稀有的类别。</translation>
  </message>
  <message>
   <source>There is nothing to export yet; draw shapes, tag images, or mark images without any shapes as done.</source>
   <translation>还没有可导出的内容；请绘制形状、给图像打标签，或将没有任何形状的图像标记为已完成。</translation>
  </message>
  <message>
   <source>There is too little to train on. Still missing: {missing}</source>
   <translation>可供训练的内容太少。还缺少：{missing}</translation>
  </message>
  <message>
   <source>These classes are on no validation image, so how well they are learned stays unknown: {labels}.</source>
   <translation>以下类别不在任何验证图像上，因此无法得知学得如何：{labels}。</translation>
  </message>
  <message>
   <source>This change has been undone already.</source>
   <translation>此项修改已被撤销。</translation>
  </message>
  <message>
   <source>This could not be finished: {bug}.</source>
   <translation>此操作未能完成：{bug}。</translation>
  </message>
  <message>
   <source>This image is done as a whole; reopen it to mark single classes instead.</source>
   <translation>此图像已整体标记为完成；要单独标记类别，请先将其改回待办。</translation>
  </message>
  <message>
   <source>This is an undo or redo itself; look at the change that it refers to.</source>
   <translation>这本身是一次撤销或重做；请查看它对应的修改。</translation>
  </message>
  <message>
   <source>This line cuts no shape in two; draw it right across one. While shapes are selected, only those are cut.</source>
   <translation>此线未将任何形状切成两半，请画一条横穿形状的线。选中形状时只切割所选形状。</translation>
  </message>
  <message>
   <source>Tiles of {side} pixels would show the smallest objects better, but take too long without a graphics card.</source>
   <translation>{side} 像素的图块能更好地显示最小的对象，但没有显卡时耗时太长。</translation>
  </message>
  <message>
   <source>To be chosen where time is short.</source>
   <translation>时间紧时选它。</translation>
  </message>
  <message>
   <source>Trained layers move less than new ones.</source>
   <translation>已训练的层比新层变动更小。</translation>
  </message>
  <message>
   <source>Training on the CPU: {card} is not used, since this PyTorch was built without CUDA. https://pytorch.org/get-started shows how to install one that uses it.</source>
   <translation>正在用处理器训练：未使用 {card}，因为此 PyTorch 不支持 CUDA。https://pytorch.org/get-started 说明了如何安装支持 CUDA 的版本。</translation>
  </message>
  <message>
   <source>Training ran away in epoch {at_work}: its error grew beyond any number. It goes on from where it was last saved, in epoch {epoch}, in smaller steps: with half the learning rate, {lr:g}.</source>
   <translation>训练在第 {at_work} 轮失控：误差大得无法计算。将从上次保存处（第 {epoch} 轮）以更小的步子继续：学习率减半为 {lr:g}。</translation>
  </message>
  <message>
   <source>Training ran away in epoch {epoch}, {count} times: its error grew beyond any number. The best model so far is kept; start again with a lower learning rate than {lr:g}.</source>
   <translation>训练在第 {epoch} 轮失控 {count} 次：误差大得无法计算。已保留目前最好的模型；请用低于 {lr:g} 的学习率重新开始。</translation>
  </message>
  <message>
   <source>Trying {first} and {second} out ended the process that did it, so they cannot be used.</source>
   <translation>试运行 {first} 和 {second} 时进程意外结束，因此无法使用它们。</translation>
  </message>
  <message>
   <source>Up to {most} objects are on one image; to spare memory, each pass learns from {limit} of them, chosen at random.</source>
   <translation>一张图像上最多有 {most} 个对象；为节省内存，每次随机选取其中 {limit} 个学习。</translation>
  </message>
  <message>
   <source>Very accurate for its size; wants a graphics card.</source>
   <translation>就其大小而言非常准确；需要显卡。</translation>
  </message>
  <message>
   <source>Very small on disk; for simple pictures or weak computers.</source>
   <translation>占用磁盘空间很小；适合简单图片或性能较弱的电脑。</translation>
  </message>
  <message>
   <source>What arrived from {url} is not the published file: its SHA-256 begins with {found}, not {wanted}.</source>
   <translation>从 {url} 下载的不是发布的文件：其 SHA-256 以 {found} 开头，而不是 {wanted}。</translation>
  </message>
  <message>
   <source>What is locked stays as it is.</source>
   <translation>已锁定的内容保持不变。</translation>
  </message>
  <message>
   <source>What its authors found best.</source>
   <translation>作者认为最好的设置。</translation>
  </message>
  <message>
   <source>What lies below is covered wholly, so it stays as it is.</source>
   <translation>下方的形状被完全覆盖，因此保持不变。</translation>
  </message>
  <message>
   <source>What this detector was trained with, in runs as long as this.</source>
   <translation>与此检测器在同样长度的训练中所用的相同。</translation>
  </message>
  <message>
   <source>What this detector was trained with.</source>
   <translation>与此检测器训练时相同。</translation>
  </message>
  <message>
   <source>What this detector was trained without.</source>
   <translation>此检测器训练时未使用。</translation>
  </message>
  <message>
   <source>What this network learned with before.</source>
   <translation>与此网络之前学习时相同。</translation>
  </message>
  <message>
   <source>What this network was made for.</source>
   <translation>此网络即为此设计。</translation>
  </message>
  <message>
   <source>What was begun and not finished could not be kept in {path}: {reason}</source>
   <translation>未完成的内容无法保存到 {path}：{reason}</translation>
  </message>
  <message>
   <source>What {optimizer} needs to take steps as large as AdamW's.</source>
   <translation>{optimizer} 要迈出与 AdamW 同样大的步长所需的值。</translation>
  </message>
  <message>
   <source>Where the run is long enough to make up for it.</source>
   <translation>在训练足够长、值得编译时使用。</translation>
  </message>
  <message>
   <source>With fewer images at a time this network learns badly.</source>
   <translation>每次的图像再少，这个网络就学不好。</translation>
  </message>
  <message>
   <source>Write {term}: with a colon.</source>
   <translation>请在 {term} 后加冒号。</translation>
  </message>
  <message>
   <source>Writing the labels…</source>
   <translation>正在写入标注…</translation>
  </message>
  <message>
   <source>X-AnyLabeling has no masks: it will not open the labels of {count} image(s) that have a mask or a polygon with holes; labelme 5.3 and later will</source>
   <translation>X-AnyLabeling 没有掩码：它无法打开 {count} 张含有掩码或带孔多边形的图像的标注；labelme 5.3 及以后的版本可以</translation>
  </message>
  <message>
   <source>YOLO</source>
   <translation>YOLO</translation>
  </message>
  <message>
   <source>YOLO OBB (rotated boxes)</source>
   <translation>YOLO OBB（旋转框）</translation>
  </message>
  <message>
   <source>YOLO detect (boxes)</source>
   <translation>YOLO detect（边界框）</translation>
  </message>
  <message>
   <source>YOLO has no attributes; those of {count} shape(s) were left out</source>
   <translation>YOLO 没有属性；已略过 {count} 个形状的属性</translation>
  </message>
  <message>
   <source>YOLO has no lines; {count} line(s) were left out</source>
   <translation>YOLO 不支持折线；已略过 {count} 条折线</translation>
  </message>
  <message>
   <source>YOLO has no regions to ignore; {count} of them were left out, so what is there counts as background</source>
   <translation>YOLO 没有忽略区域；已略过 {count} 个，其中的内容将被当作背景</translation>
  </message>
  <message>
   <source>YOLO has no scores; those of {count} shape(s) were left out</source>
   <translation>YOLO 标注没有置信度；已略过 {count} 个形状的置信度</translation>
  </message>
  <message>
   <source>YOLO has no tags; {count} tag(s) were left out</source>
   <translation>YOLO 没有图像标签；已略过 {count} 个标签</translation>
  </message>
  <message>
   <source>YOLO has the same keypoints for all classes; each class got all {count}</source>
   <translation>YOLO 的所有类别使用相同的关键点；每个类别都有全部 {count} 个</translation>
  </message>
  <message>
   <source>YOLO pose (keypoints)</source>
   <translation>YOLO pose（关键点）</translation>
  </message>
  <message>
   <source>YOLO segment (outlines)</source>
   <translation>YOLO segment（轮廓）</translation>
  </message>
  <message>
   <source>a circle needs its centre and a point on it; it was left out</source>
   <translation>圆需要圆心和圆上一点；已略过</translation>
  </message>
  <message>
   <source>a cuboid needs its eight corners; it was left out</source>
   <translation>立方体需要八个角点；已略过</translation>
  </message>
  <message>
   <source>a line begins with the number of a class, not with {text}; it was left out</source>
   <translation>每行应以类别编号开头，而不是 {text}；已略过此行</translation>
  </message>
  <message>
   <source>a line needs two points or more; it was left out</source>
   <translation>线至少需要两个点；已略过</translation>
  </message>
  <message>
   <source>a mask needs two corners; it was left out</source>
   <translation>掩码需要两个角点；已略过</translation>
  </message>
  <message>
   <source>a polygon needs three points or more, two numbers each; it was left out</source>
   <translation>多边形至少需要三个点，每点两个数字；已忽略</translation>
  </message>
  <message>
   <source>a rectangle needs two opposite corners, or all four; it was left out</source>
   <translation>矩形需要两个对角点或全部四个角点；已略过</translation>
  </message>
  <message>
   <source>a rotated box needs its four corners; it was left out</source>
   <translation>旋转框需要四个角点；已略过</translation>
  </message>
  <message>
   <source>a skeleton can be made of points only; it was left out</source>
   <translation>骨架只能由点组成；已略过</translation>
  </message>
  <message>
   <source>another category has the same name; both became one class</source>
   <translation>另一个类别使用相同的名称；两者合为一个类别</translation>
  </message>
  <message>
   <source>another file describes the same image; it was left out</source>
   <translation>另一个文件描述了同一张图像；已忽略</translation>
  </message>
  <message>
   <source>classes {first} and {number} have the same name; they became one</source>
   <translation>类别 {first} 和 {number} 名称相同；已合并为一个</translation>
  </message>
  <message>
   <source>device is {name}, but this PyTorch ({version}) was built without CUDA. Install a CUDA build as shown on https://pytorch.org/get-started, or choose cpu.</source>
   <translation>device 为 {name}，但此 PyTorch（{version}）不支持 CUDA。请按 https://pytorch.org/get-started 的说明安装 CUDA 版本，或选择 cpu。</translation>
  </message>
  <message>
   <source>device is {name}, but this machine offers: {offered}.</source>
   <translation>device 为 {name}，但本机只有：{offered}。</translation>
  </message>
  <message>
   <source>every keypoint needs three numbers: x, y, v</source>
   <translation>每个关键点需要三个数：x、y、v</translation>
  </message>
  <message>
   <source>group {group} holds several objects, so there is no telling whose keypoints its points are; they were taken as objects of their own</source>
   <translation>组 {group} 包含多个对象，无法判断其中的点是谁的关键点；这些点已作为独立对象导入</translation>
  </message>
  <message>
   <source>it cannot be opened: {reason}</source>
   <translation>无法打开：{reason}</translation>
  </message>
  <message>
   <source>it could not be copied: {reason}</source>
   <translation>无法复制：{reason}</translation>
  </message>
  <message>
   <source>it differs from the class {other} only in capital letters, so both became one class</source>
   <translation>它与类别 {other} 仅有大小写之别，因此两者合为一个类别</translation>
  </message>
  <message>
   <source>it has a DOCTYPE, which is not read for safety</source>
   <translation>其中有 DOCTYPE，出于安全考虑不予读取</translation>
  </message>
  <message>
   <source>it has a tag already, so {tag} was left out</source>
   <translation>它已有标签，因此忽略了 {tag}</translation>
  </message>
  <message>
   <source>it has {count} different values, as a picture has; give a file with the names of the classes if it is a mask; it was left out</source>
   <translation>它有 {count} 个不同的值，像是一张图片；如果它是掩码，请提供包含类别名称的文件；已略过</translation>
  </message>
  <message>
   <source>it is not a Pascal VOC file (no &lt;annotation&gt;)</source>
   <translation>不是 Pascal VOC 文件（没有 &lt;annotation&gt;）</translation>
  </message>
  <message>
   <source>it is not an image of a known kind, or its header is damaged</source>
   <translation>不是已知类型的图像，或文件头已损坏</translation>
  </message>
  <message>
   <source>it is not in UTF-8; save it as such</source>
   <translation>该文件不是 UTF-8 编码；请另存为 UTF-8</translation>
  </message>
  <message>
   <source>it is not valid JSON: {reason}</source>
   <translation>不是有效的 JSON：{reason}</translation>
  </message>
  <message>
   <source>it is not valid XML: {reason}</source>
   <translation>不是有效的 XML：{reason}</translation>
  </message>
  <message>
   <source>it lies beside the folders of splits and in none of them; it was left out</source>
   <translation>它位于各子集文件夹旁边，不属于任何子集；已略过</translation>
  </message>
  <message>
   <source>it may be about {first} or about {second}; it was given to neither</source>
   <translation>它可能属于 {first}，也可能属于 {second}；已不归给任何一个</translation>
  </message>
  <message>
   <source>it names the image {name}, but {own} has its own name; that one was taken</source>
   <translation>它指向图像 {name}，但 {own} 与它同名；已采用后者</translation>
  </message>
  <message>
   <source>it says {said} classes, but names {count}; those that it names were taken</source>
   <translation>其中声明有 {said} 个类别，却给出了 {count} 个名称；已采用给出的名称</translation>
  </message>
  <message>
   <source>it was passed over for {file}; import it by itself to have what it says too</source>
   <translation>已略过此文件，改用 {file}；如果还需要其中的内容，请单独导入它</translation>
  </message>
  <message>
   <source>its backbone names {score}% of ImageNet's pictures right</source>
   <translation>其骨干网络能正确识别 ImageNet 中 {score}% 的图片</translation>
  </message>
  <message>
   <source>its class names differ from those of {file}, which were taken</source>
   <translation>其类别名称与 {file} 中的不同；已采用后者</translation>
  </message>
  <message>
   <source>its class names differ from those of {file}; each file counts for the labels in its own folder</source>
   <translation>其类别名称与 {file} 中的不同；两者各自用于所在文件夹中的标注</translation>
  </message>
  <message>
   <source>its commas were read as blanks, here and wherever they stand</source>
   <translation>此处及其他各处的逗号已按空格读取</translation>
  </message>
  <message>
   <source>its corners are not those of a rectangle; it was taken as a polygon</source>
   <translation>四个角点不构成矩形；已作为多边形导入</translation>
  </message>
  <message>
   <source>its corners are not those of a rectangle; the box around them was taken</source>
   <translation>四个角点不构成矩形；已采用包围它们的框</translation>
  </message>
  <message>
   <source>its data are damaged</source>
   <translation>数据已损坏</translation>
  </message>
  <message>
   <source>its decimal commas were read as points, here and wherever they stand</source>
   <translation>此处及其他各处的小数逗号已按小数点读取</translation>
  </message>
  <message>
   <source>its header and its data disagree about its size</source>
   <translation>文件头与数据的大小不一致</translation>
  </message>
  <message>
   <source>its header is damaged</source>
   <translation>文件头已损坏</translation>
  </message>
  <message>
   <source>its header says that the picture has no pixels</source>
   <translation>文件头声明图片没有像素</translation>
  </message>
  <message>
   <source>its image was not found</source>
   <translation>未找到对应的图像</translation>
  </message>
  <message>
   <source>its last number was taken for a confidence, which is not kept, here and wherever there is one</source>
   <translation>此处及其他类似各行的最后一个数被视为置信度，不予保留</translation>
  </message>
  <message>
   <source>its numbers are a box and keypoints; say in data.yaml how many there are, as in kpt_shape: [{count}, 3]; the line was left out</source>
   <translation>这些数字是一个框和若干关键点；请在 data.yaml 中说明关键点的数量，例如 kpt_shape: [{count}, 3]；已略去此行</translation>
  </message>
  <message>
   <source>its parts are not of one kind</source>
   <translation>各部分的类型不一致</translation>
  </message>
  <message>
   <source>its parts do not fit into the memory; all but one were left out</source>
   <translation>其各部分超出内存；只保留了其中一个</translation>
  </message>
  <message>
   <source>its pixels are not whole numbers, so it is no mask; it was left out</source>
   <translation>其像素不是整数，因此不是掩码；已略过</translation>
  </message>
  <message>
   <source>its pixels {values} have no class name; they were left out</source>
   <translation>像素值 {values} 没有对应的类别名称；已忽略</translation>
  </message>
  <message>
   <source>its samples are laid out in an unusual way</source>
   <translation>采样的排列方式不常见</translation>
  </message>
  <message>
   <source>its samples are not real numbers</source>
   <translation>采样值不是实数</translation>
  </message>
  <message>
   <source>its size is unknown; it was left out</source>
   <translation>大小未知；已忽略</translation>
  </message>
  <message>
   <source>its structure is damaged</source>
   <translation>结构已损坏</translation>
  </message>
  <message>
   <source>keypoints are for YOLO pose only; those of {count} object(s) were left out</source>
   <translation>只有 YOLO pose 支持关键点；已略过 {count} 个对象的关键点</translation>
  </message>
  <message>
   <source>labelme and X-AnyLabeling have no kind of rotated box in common; {count} of them were written as polygons of their corners</source>
   <translation>labelme 和 X-AnyLabeling 没有共同的旋转框类型；{count} 个旋转框已写为由其角点构成的多边形</translation>
  </message>
  <message>
   <source>labelme has no regions to ignore; {count} of them were left out</source>
   <translation>labelme 没有忽略区域；已略过 {count} 个</translation>
  </message>
  <message>
   <source>labelme, X-AnyLabeling (JSON)</source>
   <translation>labelme、X-AnyLabeling（JSON）</translation>
  </message>
  <message>
   <source>learning curve: {percent}% of the training images</source>
   <translation>学习曲线：{percent}% 的训练图像</translation>
  </message>
  <message>
   <source>masks have no lines and points; {count} were left out</source>
   <translation>掩码无法表示线和点，略过了 {count} 个</translation>
  </message>
  <message>
   <source>measured on the sample project only</source>
   <translation>仅在示例项目上评测过</translation>
  </message>
  <message>
   <source>no image is in train, which Ultralytics needs; data.yaml lets it train on {split}</source>
   <translation>train 中没有图像，而 Ultralytics 需要它；data.yaml 已设为在 {split} 上训练</translation>
  </message>
  <message>
   <source>no image is in val, which Ultralytics needs; data.yaml lets it validate on {split}</source>
   <translation>val 中没有图像，而 Ultralytics 需要它；data.yaml 已设为在 {split} 上验证</translation>
  </message>
  <message>
   <source>polygons and masks are no rotated boxes; {count} of them were left out</source>
   <translation>多边形和掩码不是旋转框；已略过 {count} 个</translation>
  </message>
  <message>
   <source>several processes share what each batch is like</source>
   <translation>多个进程要共享每批图像的情况</translation>
  </message>
  <message>
   <source>some images have several tags, so the project now allows that</source>
   <translation>有些图像带有多个标签，因此项目现已允许多标签</translation>
  </message>
  <message>
   <source>the box has no area within the image; it was left out</source>
   <translation>边界框在图像内没有面积；已忽略</translation>
  </message>
  <message>
   <source>the box has no area; it was left out</source>
   <translation>该框没有面积；已略过</translation>
  </message>
  <message>
   <source>the box needs four numbers: x, y, width, height</source>
   <translation>该框需要四个数：x、y、宽、高</translation>
  </message>
  <message>
   <source>the box needs xmin, ymin, xmax and ymax; it was left out</source>
   <translation>边界框需要 xmin、ymin、xmax 和 ymax；已忽略</translation>
  </message>
  <message>
   <source>the category has no id</source>
   <translation>类别没有 id</translation>
  </message>
  <message>
   <source>the category has no name; its id is used</source>
   <translation>类别没有名称；改用其 id</translation>
  </message>
  <message>
   <source>the class has no name; its number is used</source>
   <translation>该类别没有名称；已使用其编号</translation>
  </message>
  <message>
   <source>the class {name} is called as what is no object; other programs may take it for that</source>
   <translation>类别“{name}”的名称与表示背景的名称相同，其他程序可能会把它当作背景</translation>
  </message>
  <message>
   <source>the data set names no classes (in data.yaml or classes.txt); they are called by their numbers</source>
   <translation>数据集没有给出类别名称（data.yaml 或 classes.txt）；已用编号作为类别名称</translation>
  </message>
  <message>
   <source>the data set says {said_width} x {said_height} pixels, but the image has {width} x {height}; check whether its shapes fit</source>
   <translation>数据集声明的大小为 {said_width} x {said_height} 像素，但图像为 {width} x {height}；请检查形状是否吻合</translation>
  </message>
  <message>
   <source>the data set says {said_width} x {said_height} pixels, but upright (as its EXIF orientation says) the image has {width} x {height}; its shapes were turned with it</source>
   <translation>数据集声明的大小为 {said_width} x {said_height} 像素，但图像按 EXIF 方向摆正后为 {width} x {height}；其形状已随之旋转</translation>
  </message>
  <message>
   <source>the description of the picture is missing</source>
   <translation>缺少图片的描述</translation>
  </message>
  <message>
   <source>the end of the file is missing</source>
   <translation>文件末尾缺失</translation>
  </message>
  <message>
   <source>the file ends before the picture begins</source>
   <translation>文件在图片数据开始前就结束了</translation>
  </message>
  <message>
   <source>the file names no images, and none is called frame_000000 and so on, as CVAT calls the frames of videos; export "CVAT for images 1.1" instead</source>
   <translation>该文件未写图像名，也没有像 CVAT 视频帧那样命名为 frame_000000 等的图像；请改为导出“CVAT for images 1.1”</translation>
  </message>
  <message>
   <source>the file names no images; the {count} images were taken for its frames in the order of their names</source>
   <translation>该文件未写图像名；已按名称顺序把这 {count} 张图像当作它的各帧</translation>
  </message>
  <message>
   <source>the id {id} stands here a second time; this one was left out</source>
   <translation>id {id} 在此重复出现；这一项已略过</translation>
  </message>
  <message>
   <source>the image has no name; it was left out</source>
   <translation>该图像没有名称；已略过</translation>
  </message>
  <message>
   <source>the image needs an id and a file_name</source>
   <translation>图像需要 id 和 file_name</translation>
  </message>
  <message>
   <source>the image {name} was not found</source>
   <translation>未找到图像 {name}</translation>
  </message>
  <message>
   <source>the image {name} was not found; the picture exists only inside this file (imageData): save it beside the file, under the file's name, and import again</source>
   <translation>未找到图像 {name}；图片只存在于此文件内部（imageData）：请将它以该文件的名称保存在其旁边，然后重新导入</translation>
  </message>
  <message>
   <source>the mask has {width} x {height} pixels, many more than the image; it was left out</source>
   <translation>掩码为 {width} x {height} 像素，远大于图像；已略过</translation>
  </message>
  <message>
   <source>the mask has {width} x {height} pixels, the image {image_width} x {image_height}; it was left out</source>
   <translation>掩码为 {width} x {height} 像素，图像为 {image_width} x {image_height}；已忽略</translation>
  </message>
  <message>
   <source>the mask is empty; it was left out</source>
   <translation>掩码为空；已忽略</translation>
  </message>
  <message>
   <source>the mask is larger than its image; it was left out</source>
   <translation>掩码比图像还大；已略过</translation>
  </message>
  <message>
   <source>the mask is no PNG in base64; it was left out</source>
   <translation>掩码不是 base64 编码的 PNG；已略过</translation>
  </message>
  <message>
   <source>the mask is of {width} x {height} pixels, which is not the image's size</source>
   <translation>掩码为 {width} x {height} 像素，与图像大小不符</translation>
  </message>
  <message>
   <source>the object has no class; it was left out</source>
   <translation>对象没有类别；已忽略</translation>
  </message>
  <message>
   <source>the points should be pairs of numbers; it was left out</source>
   <translation>点应为成对的数字；已略过</translation>
  </message>
  <message>
   <source>the run lengths do not fill the mask; it was left out</source>
   <translation>游程长度与掩码大小不符；已略过</translation>
  </message>
  <message>
   <source>the shape has no area within the image; it was left out</source>
   <translation>形状在图像内没有面积；已忽略</translation>
  </message>
  <message>
   <source>the shape has no frame; it was left out</source>
   <translation>该形状没有帧号；已略过</translation>
  </message>
  <message>
   <source>the shape needs {count} point(s) or more; it was left out</source>
   <translation>该形状至少需要 {count} 个点；已略过</translation>
  </message>
  <message>
   <source>there is no category {category}</source>
   <translation>没有类别 {category}</translation>
  </message>
  <message>
   <source>there is no class {number}; the line was left out</source>
   <translation>没有编号为 {number} 的类别；已略过此行</translation>
  </message>
  <message>
   <source>there is no image of the same name</source>
   <translation>没有同名的图像</translation>
  </message>
  <message>
   <source>there is no image {image} in the file</source>
   <translation>文件中没有图像 {image}</translation>
  </message>
  <message>
   <source>there is no picture in it</source>
   <translation>其中没有图片</translation>
  </message>
  <message>
   <source>there should be one image in its folder images, but there are {count}; it was left out</source>
   <translation>其 images 文件夹中应有一张图像，实际有 {count} 张；已略过</translation>
  </message>
  <message>
   <source>these are not valid run lengths</source>
   <translation>这些不是有效的游程编码</translation>
  </message>
  <message>
   <source>these look like pixels, but YOLO counts in parts of the image's width and height, from 0 to 1; the line was left out</source>
   <translation>这些数看来是像素，而 YOLO 使用相对于图像宽度和高度的比例（0 到 1）；已略过此行</translation>
  </message>
  <message>
   <source>this format has no tags; {count} were left out</source>
   <translation>此格式不支持标签；已略过 {count} 个</translation>
  </message>
  <message>
   <source>this format has tags only; {count} shape(s) were left out</source>
   <translation>此格式只支持标签；已略过 {count} 个形状</translation>
  </message>
  <message>
   <source>this is no number of a class; its name was left out</source>
   <translation>这不是类别编号；已略过其名称</translation>
  </message>
  <message>
   <source>this is the same image as {other}; what both say was put together</source>
   <translation>这与 {other} 是同一张图像；两者的内容已合并</translation>
  </message>
  <message>
   <source>this should be a list</source>
   <translation>此处应为列表</translation>
  </message>
  <message>
   <source>this should be a list or run lengths</source>
   <translation>此处应为列表或游程编码</translation>
  </message>
  <message>
   <source>this should be an object</source>
   <translation>此处应为对象</translation>
  </message>
  <message>
   <source>this should be how many keypoints there are, and 2 or 3 numbers for each</source>
   <translation>这里应为关键点的数量，以及每个关键点的数值个数（2 或 3）</translation>
  </message>
  <message>
   <source>{classes} classes, each with at least {count} images.</source>
   <translation>{classes} 个类别，每个至少 {count} 张图像。</translation>
  </message>
  <message>
   <source>{common} is on {most} images, {rare} on {least}: from {ratio} to 1 on, rare classes are shown more often.</source>
   <translation>“{common}”有 {most} 张图像，“{rare}”有 {least} 张：达到 {ratio} 比 1 时，会增加稀有类别的采样。</translation>
  </message>
  <message>
   <source>{count} attribute(s) of tags and of the points of skeletons were left out: these have none here</source>
   <translation>标签和骨架点的 {count} 个属性已略过：它们在这里没有属性</translation>
  </message>
  <message>
   <source>{count} box(es) were written as polygons of four corners</source>
   <translation>{count} 个框已写为四个角点的多边形</translation>
  </message>
  <message>
   <source>{count} classes are on no validation image, so how well they are learned stays unknown. Among them: {labels}.</source>
   <translation>{count} 个类别不在任何验证图像上，因此无法得知学得如何。其中包括：{labels}。</translation>
  </message>
  <message>
   <source>{count} cuboid(s) were left out: there is no such shape here</source>
   <translation>已略过 {count} 个立方体：这里没有这种形状</translation>
  </message>
  <message>
   <source>{count} cuboid(s) were taken as the outlines around them</source>
   <translation>{count} 个立方体已作为其外轮廓导入</translation>
  </message>
  <message>
   <source>{count} file(s) here are masks, so they are no longer among the images</source>
   <translation>此处有 {count} 个文件是掩码，因此不再列为图像</translation>
  </message>
  <message>
   <source>{count} image(s) are of a kind that Ultralytics does not read, such as {name}</source>
   <translation>{count} 张图像的格式 Ultralytics 无法读取，例如 {name}</translation>
  </message>
  <message>
   <source>{count} image(s) have no split, so none was put into a folder of its split</source>
   <translation>有 {count} 张图像未划分，因此所有图像都未放入各划分的文件夹</translation>
  </message>
  <message>
   <source>{count} image(s) now in {split} are left out, since the run has seen them.</source>
   <translation>现在位于子集{split}的 {count} 张图像已被排除，因为该运行见过它们。</translation>
  </message>
  <message>
   <source>{count} image(s) were left out, since none of their shapes could be written</source>
   <translation>{count} 张图像的形状都无法写出，已略过这些图像</translation>
  </message>
  <message>
   <source>{count} image(s) without a split were put into train</source>
   <translation>{count} 张未划分的图像已放入 train</translation>
  </message>
  <message>
   <source>{count} images are complete for some of the classes only; they are left out.</source>
   <translation>{count} 张图像只标全了部分类别，已略过。</translation>
  </message>
  <message>
   <source>{count} images have shapes but are not marked done; what is not drawn on them counts as background.</source>
   <translation>{count} 张图像有形状但未标记为完成；其上未绘制的部分按背景计算。</translation>
  </message>
  <message>
   <source>{count} images lie in no class folder; they got no tag</source>
   <translation>{count} 张图像不在任何类别文件夹中；它们没有标签</translation>
  </message>
  <message>
   <source>{count} keypoint(s) lie outside the image; they were left out</source>
   <translation>{count} 个关键点位于图像之外，已略过</translation>
  </message>
  <message>
   <source>{count} labelled images are no longer where they were, such as {file}; they are left out.</source>
   <translation>{count} 张已标注的图像已不在原处，例如 {file}；已略过。</translation>
  </message>
  <message>
   <source>{count} labelled images cannot be read, such as {file}; they are left out.</source>
   <translation>{count} 张已标注的图像无法读取，例如 {file}；已略过。</translation>
  </message>
  <message>
   <source>{count} lines and sets of points have no area; they are left out.</source>
   <translation>{count} 个折线或关键点组没有面积，已略过。</translation>
  </message>
  <message>
   <source>{count} mask(s) were written as their outlines</source>
   <translation>{count} 个掩码已写为其轮廓</translation>
  </message>
  <message>
   <source>{count} more images of {label}.</source>
   <translation>再有 {count} 张“{label}”的图像。</translation>
  </message>
  <message>
   <source>{count} more problems were left out.</source>
   <translation>另有 {count} 个问题未列出。</translation>
  </message>
  <message>
   <source>{count} numbers after the class are no box (4), no corners (6 or more, two each), and no keypoints as data.yaml tells them; the line was left out</source>
   <translation>类别之后有 {count} 个数，既不是框（4 个），也不是角点（6 个或更多，每点两个），也不是 data.yaml 所说明的关键点；已略过此行</translation>
  </message>
  <message>
   <source>{count} of its frames have no image</source>
   <translation>其中 {count} 帧没有图像</translation>
  </message>
  <message>
   <source>{count} of the images that it lists were not found, such as {name}</source>
   <translation>其中列出的图像有 {count} 张未找到，例如 {name}</translation>
  </message>
  <message>
   <source>{count} of {total} shapes are boxes, so it was written for YOLO detect</source>
   <translation>{total} 个形状中有 {count} 个是边界框，因此按 YOLO detect 写出</translation>
  </message>
  <message>
   <source>{count} of {total} shapes are keypoints, so it was written for YOLO pose</source>
   <translation>{total} 个形状中有 {count} 个是关键点，因此按 YOLO pose 写出</translation>
  </message>
  <message>
   <source>{count} of {total} shapes are polygons and masks, so it was written for YOLO segment</source>
   <translation>{total} 个形状中有 {count} 个是多边形或掩码，因此按 YOLO segment 写出</translation>
  </message>
  <message>
   <source>{count} of {total} shapes are rotated boxes, so it was written for YOLO obb</source>
   <translation>{total} 个形状中有 {count} 个是旋转框，因此按 YOLO obb 写出</translation>
  </message>
  <message>
   <source>{count} other XML file(s), such as {file}, are not CVAT's; they were left out</source>
   <translation>另有 {count} 个 XML 文件（如 {file}）不是 CVAT 的；已略过</translation>
  </message>
  <message>
   <source>{count} polygon(s) with holes cannot be made masks; they were left out</source>
   <translation>{count} 个带孔多边形无法变为掩码；已略过</translation>
  </message>
  <message>
   <source>{count} processes share the processor: that is for trying it out, one is seldom slower.</source>
   <translation>{count} 个进程共用处理器：这只适合试用，单个进程很少更慢。</translation>
  </message>
  <message>
   <source>{count} rotated box(es) reach beyond their image; the corners outside were moved to its border, since Ultralytics takes no others</source>
   <translation>{count} 个旋转框超出了图像；由于 Ultralytics 不接受图像之外的角点，已将其移到图像边缘</translation>
  </message>
  <message>
   <source>{count} shape(s) have no area within their image; they were left out</source>
   <translation>{count} 个形状在图像内没有面积；已略过</translation>
  </message>
  <message>
   <source>{count} shape(s) of several parts or with holes were written as one outline, joined by bridges without width, since YOLO has one outline a row</source>
   <translation>{count} 个由多个部分组成或带有孔洞的形状，已用没有宽度的连线接成一条轮廓，因为 YOLO 每行只有一条轮廓</translation>
  </message>
  <message>
   <source>{count} shape(s) that are no upright boxes were written as the boxes around them</source>
   <translation>{count} 个并非边界框的形状已写为其外接边界框</translation>
  </message>
  <message>
   <source>{count} shape(s) without keypoints were written as boxes with no keypoint marked</source>
   <translation>{count} 个没有关键点的形状已写为未标注任何关键点的框</translation>
  </message>
  <message>
   <source>{count} upright box(es) were written as rotated boxes</source>
   <translation>{count} 个边界框已写为旋转框</translation>
  </message>
  <message>
   <source>{encoder} (which gives {outputs}) is not the encoder that belongs to {decoder}.</source>
   <translation>{encoder}（输出 {outputs}）不是与 {decoder} 配套的编码器。</translation>
  </message>
  <message>
   <source>{field} = {value} has no effect on this training.</source>
   <translation>{field} = {value} 对此次训练没有作用。</translation>
  </message>
  <message>
   <source>{field} = {value}: {reason}</source>
   <translation>{field} = {value}：{reason}</translation>
  </message>
  <message>
   <source>{field} should be numbers; the shape was left out</source>
   <translation>{field} 应为数字；该形状已略过</translation>
  </message>
  <message>
   <source>{file} cannot be copied to {folder}: {reason}.</source>
   <translation>无法将 {file} 复制到 {folder}：{reason}。</translation>
  </message>
  <message>
   <source>{file} cannot be loaded as an ONNX model: {reason}</source>
   <translation>无法将 {file} 加载为 ONNX 模型：{reason}</translation>
  </message>
  <message>
   <source>{file} cannot be opened: {reason}.</source>
   <translation>无法打开 {file}：{reason}。</translation>
  </message>
  <message>
   <source>{file} cannot be read as a labelme file: {reason}.</source>
   <translation>无法将 {file} 作为 labelme 文件读取：{reason}。</translation>
  </message>
  <message>
   <source>{file} cannot be read: {reason}.</source>
   <translation>无法读取 {file}：{reason}。</translation>
  </message>
  <message>
   <source>{file} cannot be read: {reason}. Evaluate the run again.</source>
   <translation>无法读取 {file}：{reason}。请重新评测此运行。</translation>
  </message>
  <message>
   <source>{file} does not describe a YOLO data set; choose its data.yaml, or its folder.</source>
   <translation>{file} 不是 YOLO 数据集的说明文件；请选择其 data.yaml 或所在文件夹。</translation>
  </message>
  <message>
   <source>{file} does not fit into the memory.</source>
   <translation>{file} 超出内存容量。</translation>
  </message>
  <message>
   <source>{file} does not hold this model's weights: {key} is missing or of another size.</source>
   <translation>{file} 中不是此模型的权重：{key} 缺失或大小不符。</translation>
  </message>
  <message>
   <source>{file} fails at work: {reason}</source>
   <translation>{file} 运行出错：{reason}</translation>
  </message>
  <message>
   <source>{file} gives no masks that can be read: {reason}</source>
   <translation>{file} 输出的掩码无法读取：{reason}</translation>
  </message>
  <message>
   <source>{file} has changed since it was added; add it again with studio weights add.</source>
   <translation>{file} 添加后已被改动；请用 studio weights add 重新添加。</translation>
  </message>
  <message>
   <source>{file} has changed since it was added; add the model again in the settings.</source>
   <translation>{file} 添加后已被改动；请在设置中重新添加该模型。</translation>
  </message>
  <message>
   <source>{file} holds no class names.</source>
   <translation>{file} 中没有类别名称。</translation>
  </message>
  <message>
   <source>{file} holds no plain table of tensors; save the model's state_dict() instead.</source>
   <translation>{file} 中不是单纯的张量表；请改为保存模型的 state_dict()。</translation>
  </message>
  <message>
   <source>{file} holds no video that can be read.</source>
   <translation>{file} 中没有可读取的视频。</translation>
  </message>
  <message>
   <source>{file} holds the weights of no architecture known here: {names}.</source>
   <translation>{file} 中的权重不属于任何已知架构：{names}。</translation>
  </message>
  <message>
   <source>{file} holds the weights of {found}; {model} needs those of {wanted}.</source>
   <translation>{file} 中是 {found} 的权重；{model} 需要 {wanted} 的权重。</translation>
  </message>
  <message>
   <source>{file} is XML of LabelMe 3.0, which is not read; in CVAT, export as "CVAT for images 1.1".</source>
   <translation>{file} 是 LabelMe 3.0 的 XML，无法读取；请在 CVAT 中导出为“CVAT for images 1.1”。</translation>
  </message>
  <message>
   <source>{file} is a Pascal VOC file; import it as Pascal VOC.</source>
   <translation>{file} 是 Pascal VOC 文件；请按 Pascal VOC 导入。</translation>
  </message>
  <message>
   <source>{file} is a ZIP file; unpack it and choose the folder.</source>
   <translation>{file} 是 ZIP 文件；请解压后选择文件夹。</translation>
  </message>
  <message>
   <source>{file} is a decoder of an unknown kind (it takes {inputs} and gives {outputs}); known are SAM, EfficientSAM and SAM 2.</source>
   <translation>{file} 是未知类型的解码器（输入为 {inputs}，输出为 {outputs}）；支持 SAM、EfficientSAM 和 SAM 2。</translation>
  </message>
  <message>
   <source>{file} is in colour; an index mask has one number a pixel (grey or palette).</source>
   <translation>{file} 是彩色图像；索引掩码每个像素只有一个数值（灰度或调色板）。</translation>
  </message>
  <message>
   <source>{file} is no longer where it was.</source>
   <translation>{file} 已不在原处。</translation>
  </message>
  <message>
   <source>{file} is no longer where it was; it is left out.</source>
   <translation>{file} 已不在原处；已略过。</translation>
  </message>
  <message>
   <source>{file} is not a COCO file: it has no list "images".</source>
   <translation>{file} 不是 COCO 文件：其中没有列表 "images"。</translation>
  </message>
  <message>
   <source>{file} is not a CVAT file (no &lt;annotations&gt;).</source>
   <translation>{file} 不是 CVAT 文件（没有 &lt;annotations&gt;）。</translation>
  </message>
  <message>
   <source>{file} is not a file of weights, or it is damaged.</source>
   <translation>{file} 不是权重文件，或已损坏。</translation>
  </message>
  <message>
   <source>{file} is not a labelme file: it has no list "shapes".</source>
   <translation>{file} 不是 labelme 文件：其中没有“shapes”列表。</translation>
  </message>
  <message>
   <source>{file} is not a table: {reason}.</source>
   <translation>{file} 不是表格：{reason}。</translation>
  </message>
  <message>
   <source>{file} is not a video that can be opened.</source>
   <translation>{file} 不是可以打开的视频。</translation>
  </message>
  <message>
   <source>{file} is not an image; drop a folder of images, or a project.</source>
   <translation>{file} 不是图像；请拖入图像文件夹或项目。</translation>
  </message>
  <message>
   <source>{file} is not in UTF-8; save it as such.</source>
   <translation>{file} 不是 UTF-8 编码；请以 UTF-8 保存。</translation>
  </message>
  <message>
   <source>{file} is not valid JSON: {reason}.</source>
   <translation>{file} 不是有效的 JSON：{reason}。</translation>
  </message>
  <message>
   <source>{file} is not valid YAML: {reason}.</source>
   <translation>{file} 不是有效的 YAML：{reason}。</translation>
  </message>
  <message>
   <source>{file} is now {width} x {height} pixels, but was labelled at {old_width} x {old_height}; it is left out.</source>
   <translation>{file} 现为 {width} x {height} 像素，但标注时为 {old_width} x {old_height}；已忽略。</translation>
  </message>
  <message>
   <source>{file} is there already and is no export of Vision Studio; choose another name, or remove it first.</source>
   <translation>{file} 已存在，且不是 Vision Studio 导出的文件；请换一个名称，或先将其删除。</translation>
  </message>
  <message>
   <source>{file} is too large to be read as a whole ({width} x {height} pixels); cut it into smaller images.</source>
   <translation>{file} 太大，无法整体读取（{width} x {height} 像素）；请将其切成较小的图像。</translation>
  </message>
  <message>
   <source>{file} is too large to describe a data set.</source>
   <translation>{file} 太大，不像是数据集的说明文件。</translation>
  </message>
  <message>
   <source>{file} is too large to open ({width} x {height} pixels) and cannot be read in parts: save it as a tiled TIFF, or cut it into smaller images.</source>
   <translation>{file} 太大，无法打开（{width} x {height} 像素），也无法分块读取：请保存为分块的 TIFF，或切成较小的图像。</translation>
  </message>
  <message>
   <source>{file} must end in .safetensors, or in .pth for a state_dict() that torch saved.</source>
   <translation>{file} 必须以 .safetensors 结尾；由 torch 保存的 state_dict() 则以 .pth 结尾。</translation>
  </message>
  <message>
   <source>{file} names index {index} twice.</source>
   <translation>{file} 中索引 {index} 出现了两次。</translation>
  </message>
  <message>
   <source>{file} takes a single point, which is too few for a box; export it with a free number of points.</source>
   <translation>{file} 只接受一个点，不足以表示边界框；请以点数可变的方式重新导出。</translation>
  </message>
  <message>
   <source>{file}: {problem}</source>
   <translation>{file}：{problem}</translation>
  </message>
  <message>
   <source>{first} and {second} are both decoders; choose the encoder of one of them too.</source>
   <translation>{first} 和 {second} 都是解码器；请再选择与其中之一配套的编码器。</translation>
  </message>
  <message>
   <source>{folder} cannot be written to: {reason}.</source>
   <translation>无法写入 {folder}：{reason}。</translation>
  </message>
  <message>
   <source>{folder} has no class folders: put the images of each class into a folder that is named after it.</source>
   <translation>{folder} 中没有类别文件夹：请将每个类别的图像放入以该类别命名的文件夹。</translation>
  </message>
  <message>
   <source>{folder} is not a folder of class folders.</source>
   <translation>{folder} 不是按类别分的文件夹。</translation>
  </message>
  <message>
   <source>{folder} is not a folder of images.</source>
   <translation>{folder} 不是图像文件夹。</translation>
  </message>
  <message>
   <source>{folder} is not a folder of masks.</source>
   <translation>{folder} 不是掩码文件夹。</translation>
  </message>
  <message>
   <source>{folder} is not a folder that can be opened.</source>
   <translation>{folder} 不是可以打开的文件夹。</translation>
  </message>
  <message>
   <source>{folder} is not empty; choose a new folder to export to.</source>
   <translation>{folder} 不是空的；请选择新的文件夹来导出。</translation>
  </message>
  <message>
   <source>{folder} is not there or cannot be opened. If it has moved, its files can be linked anew under Images.</source>
   <translation>文件夹 {folder} 不存在或无法打开。如果它被移动了，可在“图像”工作区重新链接其中的文件。</translation>
  </message>
  <message>
   <source>{host} cannot be reached: {reason}.</source>
   <translation>无法连接 {host}：{reason}。</translation>
  </message>
  <message>
   <source>{kind} is no known kind of shape; it was left out</source>
   <translation>{kind} 不是已知的形状类型；已略过</translation>
  </message>
  <message>
   <source>{label} is on very few images ({count}) and will hardly be learned; {wanted} or more are better.</source>
   <translation>“{label}”只出现在极少的图像上（{count} 张），很难学会；最好有 {wanted} 张以上。</translation>
  </message>
  <message>
   <source>{model} cannot be trained with GIoU (giou); its loss is its own.</source>
   <translation>{model} 不能用 GIoU (giou) 训练；它使用自带的损失。</translation>
  </message>
  <message>
   <source>{model} has no pretrained weights here. Download them, put {file} into a folder named by STUDIO_WEIGHTS, or start from random weights with --from-scratch.</source>
   <translation>本机没有 {model} 的预训练权重。请下载，将 {file} 放入 STUDIO_WEIGHTS 指定的文件夹，或使用 --from-scratch 从随机权重开始。</translation>
  </message>
  <message>
   <source>{model} needs images of at least {least} pixels; {name} is {size}.</source>
   <translation>{model} 需要至少 {least} 像素的图像；{name} 为 {size}。</translation>
  </message>
  <message>
   <source>{model} takes images of a multiple of {step} pixels; {name} is {size}, so choose {near}.</source>
   <translation>{model} 要求图像大小是 {step} 像素的倍数；{name} 为 {size}，请选择 {near}。</translation>
  </message>
  <message>
   <source>{name} cannot be {value} for {task}; choose one of {offered}.</source>
   <translation>{task} 的 {name} 不能是 {value}；请从 {offered} 中选择。</translation>
  </message>
  <message>
   <source>{name} cannot be {value}; it must be {kind}.</source>
   <translation>{name} 不能是 {value}；它必须是 {kind}。</translation>
  </message>
  <message>
   <source>{name} is not a setting.</source>
   <translation>没有名为 {name} 的设置。</translation>
  </message>
  <message>
   <source>{name} is {value}; it must lie between {low:g} and {high:g}.</source>
   <translation>{name} 为 {value}；它必须在 {low:g} 和 {high:g} 之间。</translation>
  </message>
  <message>
   <source>{name} must be {value} for {task}: its models have losses of their own; use {other} instead.</source>
   <translation>{task}的{name}必须为{value}：其模型自带损失函数；请改用{other}。</translation>
  </message>
  <message>
   <source>{name} was not found</source>
   <translation>未找到 {name}</translation>
  </message>
  <message>
   <source>{name} was not found among the images</source>
   <translation>在图像中未找到 {name}</translation>
  </message>
  <message>
   <source>{path} cannot be opened: {reason}. Check the disk and its free space; if the file is damaged, go on with a copy of the project.</source>
   <translation>无法打开 {path}：{reason}。请检查磁盘及其可用空间；如果文件已损坏，请改用项目的副本。</translation>
  </message>
  <message>
   <source>{path} cannot be written: {reason}. Nothing was changed; check the disk and its free space, then try again.</source>
   <translation>无法写入 {path}：{reason}。未做任何更改；请检查磁盘及其可用空间，然后重试。</translation>
  </message>
  <message>
   <source>{path} does not exist.</source>
   <translation>{path} 不存在。</translation>
  </message>
  <message>
   <source>{path} is damaged ({reason}); restore a copy before opening it.</source>
   <translation>{path} 已损坏（{reason}）；请先恢复备份再打开。</translation>
  </message>
  <message>
   <source>{path} is damaged or not a Vision Studio project: {reason}.</source>
   <translation>{path} 已损坏或不是 Vision Studio 项目：{reason}。</translation>
  </message>
  <message>
   <source>{path} is not a Vision Studio project.</source>
   <translation>{path} 不是 Vision Studio 项目。</translation>
  </message>
  <message>
   <source>{problem}</source>
   <translation>{problem}</translation>
  </message>
  <message>
   <source>{project} already holds a project; choose another folder.</source>
   <translation>{project} 中已有项目；请选择其他文件夹。</translation>
  </message>
  <message>
   <source>{project} has no run {number}.</source>
   <translation>{project} 中没有运行 {number}。</translation>
  </message>
  <message>
   <source>{project} holds too little for {task}: {missing}</source>
   <translation>{project} 中可用于 {task} 的内容太少：{missing}</translation>
  </message>
  <message>
   <source>{project} is already open in another window or command. Close it there first, then try again.</source>
   <translation>{project} 已在另一个窗口或命令中打开。请先在那里关闭，然后重试。</translation>
  </message>
  <message>
   <source>{project} is not a Vision Studio project (it has no {file}). Make one with: studio new {project} IMAGES</source>
   <translation>{project} 不是 Vision Studio 项目（其中没有 {file}）。可以这样新建：studio new {project} IMAGES</translation>
  </message>
  <message>
   <source>{project} is of an older version; open it once in Vision Studio to upgrade it.</source>
   <translation>{project} 是旧版本的项目；请在 Vision Studio 中打开一次以升级。</translation>
  </message>
  <message>
   <source>{project} was written by a newer Vision Studio (project version {version}, this program knows {known}). Please update Vision Studio to open it.</source>
   <translation>{project} 由更新版本的 Vision Studio 保存（项目版本 {version}，本程序支持到 {known}）。请更新 Vision Studio 后再打开。</translation>
  </message>
  <message>
   <source>{row} has changed meanwhile, so nothing was done.</source>
   <translation>{row} 在此期间已改变，因此未做任何更改。</translation>
  </message>
  <message>
   <source>{score}% box AP on COCO</source>
   <translation>COCO 上的边界框 AP 为 {score}%</translation>
  </message>
  <message>
   <source>{score}% keypoint AP on COCO</source>
   <translation>在 COCO 上关键点 AP {score}%</translation>
  </message>
  <message>
   <source>{score}% mIoU on COCO</source>
   <translation>COCO 上的 mIoU 为 {score}%</translation>
  </message>
  <message>
   <source>{score}% of ImageNet's pictures named right</source>
   <translation>正确识别 ImageNet 中 {score}% 的图片</translation>
  </message>
  <message>
   <source>{source} does not exist.</source>
   <translation>{source} 不存在。</translation>
  </message>
  <message>
   <source>{text} is no number; the line was left out</source>
   <translation>{text} 不是数字；已略过此行</translation>
  </message>
  <message>
   <source>{url} answered {code}.</source>
   <translation>{url} 返回 {code}。</translation>
  </message>
  <message>
   <source>“{term}” is not a search term. To find it as text, put quotes around it.</source>
   <translation>“{term}”不是搜索条件。要按文字查找，请加引号。</translation>
  </message>
 </context>
 <context>
  <name>SettingsDialog</name>
  <message>
   <source>As the system</source>
   <translation>跟随系统</translation>
  </message>
  <message>
   <source>Choose…</source>
   <translation>选择…</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>深色</translation>
  </message>
  <message>
   <source>Default</source>
   <translation>默认</translation>
  </message>
  <message>
   <source>Folder of pretrained weights</source>
   <translation>预训练权重所在的文件夹</translation>
  </message>
  <message>
   <source>Interactive segmentation</source>
   <translation>交互式分割</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>语言</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>浅色</translation>
  </message>
  <message>
   <source>Models are fine-tuned from these files; what is missing is downloaded.</source>
   <translation>模型从这些文件开始微调；缺少的会自动下载。</translation>
  </message>
  <message>
   <source>Pretrained weights</source>
   <translation>预训练权重</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <source>The usual places</source>
   <translation>常用位置</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>主题</translation>
  </message>
  <message>
   <source>There is no such folder.</source>
   <translation>没有这个文件夹。</translation>
  </message>
 </context>
 <context>
  <name>SetupPage</name>
  <message>
   <source>All models…</source>
   <translation>全部模型…</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <source>Automatic: {device}</source>
   <translation>自动：{device}</translation>
  </message>
  <message>
   <source>Choose what it should learn. Everything else is chosen for you.</source>
   <translation>选择要学习的内容，其余会自动为您选好。</translation>
  </message>
  <message>
   <source>Hide options</source>
   <translation>隐藏选项</translation>
  </message>
  <message>
   <source>Label more images</source>
   <translation>标注更多图像</translation>
  </message>
  <message>
   <source>Options</source>
   <translation>选项</translation>
  </message>
  <message>
   <source>Reset all to automatic</source>
   <translation>全部恢复为自动</translation>
  </message>
  <message>
   <source>See what the model will see…</source>
   <translation>查看模型将看到的图像…</translation>
  </message>
  <message>
   <source>This computer has an {card}, but the installed PyTorch can only use the processor. Install the CUDA build as shown on &lt;a href="https://pytorch.org/get-started/locally/"&gt;pytorch.org&lt;/a&gt;, then start Vision Studio again: training will be many times faster.</source>
   <translation>这台电脑有 {card}，但安装的 PyTorch 只能使用处理器。请按 &lt;a href="https://pytorch.org/get-started/locally/"&gt;pytorch.org&lt;/a&gt; 的说明安装 CUDA 版本，然后重新启动 Vision Studio：训练会快很多倍。</translation>
  </message>
  <message>
   <source>To train {task}, this is missing:</source>
   <translation>要训练{task}，还缺少：</translation>
  </message>
  <message>
   <source>Train a model</source>
   <translation>训练模型</translation>
  </message>
  <message>
   <source>download {size} MB</source>
   <translation>下载 {size} MB</translation>
  </message>
 </context>
 <context>
  <name>ShapeMenu</name>
  <message>
   <source>Shape</source>
   <translation>形状</translation>
  </message>
 </context>
 <context>
  <name>ShapesPanel</name>
  <message>
   <source>Nothing drawn on this image yet.</source>
   <translation>此图像上还没有绘制内容。</translation>
  </message>
  <message>
   <source>Shapes</source>
   <translation>形状</translation>
  </message>
 </context>
 <context>
  <name>ShortcutsDialog</name>
  <message>
   <source>Add a key…</source>
   <translation>添加按键…</translation>
  </message>
  <message>
   <source>Change…</source>
   <translation>更改…</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>键盘快捷键</translation>
  </message>
  <message>
   <source>Keys of {program}</source>
   <translation>{program} 的按键</translation>
  </message>
  <message>
   <source>No key</source>
   <translation>清除按键</translation>
  </message>
  <message>
   <source>Reset</source>
   <translation>重置</translation>
  </message>
  <message>
   <source>Reset all</source>
   <translation>全部重置</translation>
  </message>
  <message>
   <source>Search by name or key</source>
   <translation>按名称或按键搜索</translation>
  </message>
  <message>
   <source>Take over</source>
   <translation>改用于此</translation>
  </message>
  <message>
   <source>Vision Studio</source>
   <translation>Vision Studio</translation>
  </message>
  <message>
   <source>Whose keys</source>
   <translation>按键方案</translation>
  </message>
  <message>
   <source>Without a key, for it means something else here: {actions}</source>
   <translation>以下操作没有按键，因为该按键在此另有用途：{actions}</translation>
  </message>
  <message>
   <source>{key} belongs to the tools and cannot mean anything else.</source>
   <translation>{key} 为工具专用，不能另作他用。</translation>
  </message>
  <message>
   <source>{key} means {other} already.</source>
   <translation>{key} 已用于{other}。</translation>
  </message>
 </context>
 <context>
  <name>SidePanel</name>
  <message>
   <source>Accept all</source>
   <translation>全部接受</translation>
  </message>
  <message numerus="yes">
   <source>Accept all %n</source>
   <translation>
    <numerusform>接受全部 %n 个</numerusform>
   </translation>
  </message>
  <message>
   <source>Accept all on this image</source>
   <translation>接受此图像上的全部预测</translation>
  </message>
  <message>
   <source>Add to project</source>
   <translation>加入项目</translation>
  </message>
  <message>
   <source>Classes</source>
   <translation>类别</translation>
  </message>
  <message>
   <source>Confidence</source>
   <translation>置信度</translation>
  </message>
  <message numerus="yes">
   <source>Everything shown, on %n image(s), in one step that can be undone</source>
   <translation>
    <numerusform>%n 张图像上显示的全部内容，一步完成，可以撤销</numerusform>
   </translation>
  </message>
  <message>
   <source>Nothing found above {threshold}.</source>
   <translation>没有高于 {threshold} 的发现。</translation>
  </message>
  <message>
   <source>On this image</source>
   <translation>在此图像上</translation>
  </message>
  <message>
   <source>Shift+Enter</source>
   <translation>Shift+Enter</translation>
  </message>
  <message>
   <source>Show what the model is at least this sure of</source>
   <translation>只显示模型至少有此把握的内容</translation>
  </message>
 </context>
 <context>
  <name>Simplifier</name>
  <message numerus="yes">
   <source>%n hole(s) go</source>
   <translation>
    <numerusform>%n 个孔洞会消失</numerusform>
   </translation>
  </message>
  <message>
   <source>Apply</source>
   <translation>应用</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Simplify outline</source>
   <translation>简化轮廓</translation>
  </message>
  <message>
   <source>Tolerance</source>
   <translation>容差</translation>
  </message>
  <message>
   <source>{before} → {after} vertices</source>
   <translation>顶点：{before} → {after}</translation>
  </message>
  <message>
   <source>{n} px</source>
   <translation>{n} 像素</translation>
  </message>
 </context>
 <context>
  <name>SpeedLine</name>
  <message>
   <source>Measure how long each will take on this computer</source>
   <translation>测量每个模型在这台计算机上需要多久</translation>
  </message>
  <message>
   <source>Measured on this computer: {seconds} s a step</source>
   <translation>在这台电脑上实测：每步 {seconds} 秒</translation>
  </message>
  <message>
   <source>Measuring…</source>
   <translation>正在测量…</translation>
  </message>
  <message numerus="yes">
   <source>at most about %n minute(s) in all</source>
   <translation>
    <numerusform>总共最多约 %n 分钟</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>StartPage</name>
  <message>
   <source>Label pictures, train a model on them, and see what it sees.</source>
   <translation>标注图片，用它们训练模型，看看模型能看出什么。</translation>
  </message>
  <message>
   <source>Recent projects</source>
   <translation>最近的项目</translation>
  </message>
 </context>
 <context>
  <name>StatRow</name>
  <message>
   <source>At the present speed; training may end earlier when nothing improves.</source>
   <translation>按当前速度估计；不再改善时训练可能提前结束。</translation>
  </message>
  <message>
   <source>Best</source>
   <translation>最好</translation>
  </message>
  <message>
   <source>Elapsed</source>
   <translation>已用时间</translation>
  </message>
  <message>
   <source>Epoch</source>
   <translation>轮</translation>
  </message>
  <message>
   <source>One epoch is one pass over all training images.</source>
   <translation>一轮就是把所有训练图像学习一遍。</translation>
  </message>
  <message>
   <source>Speed</source>
   <translation>速度</translation>
  </message>
  <message>
   <source>The best epoch on the validation images; its model is the one kept.</source>
   <translation>在验证图像上最好的一轮；保留的就是这一轮的模型。</translation>
  </message>
  <message>
   <source>Time left</source>
   <translation>剩余时间</translation>
  </message>
  <message>
   <source>Training images a second.</source>
   <translation>每秒训练的图像数。</translation>
  </message>
  <message>
   <source>{count} images/s</source>
   <translation>{count} 张/秒</translation>
  </message>
  <message>
   <source>{epoch} of {epochs}</source>
   <translation>{epoch}/{epochs}</translation>
  </message>
  <message>
   <source>{value} in epoch {epoch}</source>
   <translation>{value}，第 {epoch} 轮</translation>
  </message>
 </context>
 <context>
  <name>StatisticsPage</name>
  <message>
   <source>Classes on one image</source>
   <translation>类别共现</translation>
  </message>
  <message>
   <source>Counting…</source>
   <translation>正在统计…</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>Images by split</source>
   <translation>图像子集分布</translation>
  </message>
  <message>
   <source>Images by state</source>
   <translation>图像状态分布</translation>
  </message>
  <message>
   <source>In progress</source>
   <translation>进行中</translation>
  </message>
  <message>
   <source>New</source>
   <translation>待办</translation>
  </message>
  <message>
   <source>No split yet</source>
   <translation>未分配</translation>
  </message>
  <message>
   <source>Objects by class</source>
   <translation>各类别对象数</translation>
  </message>
  <message>
   <source>Size of objects</source>
   <translation>对象大小</translation>
  </message>
  <message>
   <source>Sizes and places of</source>
   <translation>统计大小和位置的类别：</translation>
  </message>
  <message>
   <source>Skipped</source>
   <translation>已跳过</translation>
  </message>
  <message>
   <source>Tags by class</source>
   <translation>各类别标签数</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>测试集</translation>
  </message>
  <message>
   <source>The model sees images at</source>
   <translation>模型输入大小：</translation>
  </message>
  <message>
   <source>Training</source>
   <translation>训练集</translation>
  </message>
  <message>
   <source>Validation</source>
   <translation>验证集</translation>
  </message>
  <message>
   <source>Where objects lie</source>
   <translation>对象位置分布</translation>
  </message>
  <message>
   <source>Width to height of objects</source>
   <translation>对象宽高比</translation>
  </message>
  <message>
   <source>about square</source>
   <translation>接近正方形</translation>
  </message>
  <message>
   <source>all classes</source>
   <translation>全部类别</translation>
  </message>
  <message>
   <source>{percent} of the objects will be under {px} px there.</source>
   <translation>此时 {percent} 的对象将小于 {px} 像素。</translation>
  </message>
 </context>
 <context>
  <name>StatusBar</name>
  <message numerus="yes">
   <source>%n labelled</source>
   <translation>
    <numerusform>已标注 %n 个</numerusform>
   </translation>
  </message>
  <message>
   <source>Image sizes are read and broken files found</source>
   <translation>正在读取图像大小并查找损坏的文件</translation>
  </message>
  <message>
   <source>Images that are done or skipped</source>
   <translation>已完成或已跳过的图像</translation>
  </message>
  <message>
   <source>Looking for images: {found} found</source>
   <translation>正在查找图像：已找到 {found} 张</translation>
  </message>
  <message>
   <source>Reading images: {found}</source>
   <translation>正在读取图像：{found}</translation>
  </message>
  <message>
   <source>Shapes and tags since the project was opened. What is done to several images at once is not counted, nor are pauses.</source>
   <translation>自打开项目以来标注的形状和标签。一次对多张图像所做的操作不计入，停顿也不计。</translation>
  </message>
  <message>
   <source>Show the training</source>
   <translation>显示训练</translation>
  </message>
  <message>
   <source>Stop looking</source>
   <translation>停止查找</translation>
  </message>
  <message>
   <source>Writing…</source>
   <translation>正在写入…</translation>
  </message>
  <message>
   <source>{count} skipped</source>
   <translation>跳过 {count} 张</translation>
  </message>
  <message>
   <source>{done} of {all} done</source>
   <translation>已完成 {done}/{all}</translation>
  </message>
  <message>
   <source>{rate} an hour</source>
   <translation>每小时 {rate} 个</translation>
  </message>
 </context>
 <context>
  <name>SuggestionBar</name>
  <message numerus="yes">
   <source>%n kept back: you have labelled the same there already.</source>
   <translation>
    <numerusform>%n 个已有相同标注</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n suggestion(s)</source>
   <translation>
    <numerusform>%n 条建议</numerusform>
   </translation>
  </message>
  <message>
   <source>Accept</source>
   <translation>接受</translation>
  </message>
  <message>
   <source>Accept all</source>
   <translation>全部接受</translation>
  </message>
  <message>
   <source>Confidence</source>
   <translation>置信度</translation>
  </message>
  <message>
   <source>Make every shown suggestion of this image a label (Shift+Enter)</source>
   <translation>将此图像上显示的建议全部变为标注（Shift+Enter）</translation>
  </message>
  <message>
   <source>Make the chosen suggestion a label (Enter)</source>
   <translation>将选中的建议变为标注（Enter）</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Nothing more to suggest here.</source>
   <translation>此处没有更多建议。</translation>
  </message>
  <message>
   <source>Quick classifier</source>
   <translation>快速分类器</translation>
  </message>
  <message numerus="yes">
   <source>Quick classifier, %n image(s) so far</source>
   <translation>
    <numerusform>快速分类器，已学 %n 张图像</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Quick classifier, %n image(s), about {part} right</source>
   <translation>
    <numerusform>快速分类器，已学 %n 张图像，正确率约 {part}</numerusform>
   </translation>
  </message>
  <message>
   <source>Reject</source>
   <translation>拒绝</translation>
  </message>
  <message>
   <source>Show what the model is at least this sure of</source>
   <translation>只显示模型至少有此把握的内容</translation>
  </message>
  <message>
   <source>Tag two images of each class: then tags are suggested here.</source>
   <translation>每个类别给两张图像打标签，之后就会在此建议标签。</translation>
  </message>
  <message>
   <source>The model is looking at this image…</source>
   <translation>模型正在查看此图像…</translation>
  </message>
  <message>
   <source>The quick classifier is learning from your tags…</source>
   <translation>快速分类器正在从您的标签中学习…</translation>
  </message>
  <message>
   <source>The quick classifier is looking at your images: {done} of {total}…</source>
   <translation>快速分类器正在查看您的图像：{done}/{total}…</translation>
  </message>
  <message>
   <source>There is no trained model yet: train one, then it helps here.</source>
   <translation>还没有训练好的模型：训练之后即可在此提供建议。</translation>
  </message>
  <message>
   <source>Turn the chosen suggestion down (X)</source>
   <translation>拒绝选中的建议（X）</translation>
  </message>
  <message>
   <source>Waits until the other job has ended…</source>
   <translation>正在等待另一个任务结束…</translation>
  </message>
 </context>
 <context>
  <name>TaskCard</name>
  <message numerus="yes">
   <source>%n class(es)</source>
   <translation>
    <numerusform>%n 个类别</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n 张图像</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n object(s)</source>
   <translation>
    <numerusform>%n 个对象</numerusform>
   </translation>
  </message>
  <message>
   <source>Find objects and box them</source>
   <translation>找到对象并框出</translation>
  </message>
  <message>
   <source>Find objects and outline each</source>
   <translation>找到对象并逐个勾勒轮廓</translation>
  </message>
  <message>
   <source>Find objects and their keypoints</source>
   <translation>找到对象及其关键点</translation>
  </message>
  <message>
   <source>Give every pixel a class</source>
   <translation>为每个像素指定类别</translation>
  </message>
  <message>
   <source>Say what a whole image shows</source>
   <translation>说明整张图像的内容</translation>
  </message>
  <message numerus="yes">
   <source>… and %n more</source>
   <translation>
    <numerusform>… 以及另外 %n 个</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Tasks</name>
  <message>
   <source>Classify</source>
   <translation>图像分类</translation>
  </message>
  <message>
   <source>Detect</source>
   <translation>目标检测</translation>
  </message>
  <message>
   <source>Instances</source>
   <translation>实例分割</translation>
  </message>
  <message>
   <source>Keypoints</source>
   <translation>关键点</translation>
  </message>
  <message>
   <source>Segment</source>
   <translation>语义分割</translation>
  </message>
 </context>
 <context>
  <name>Toast</name>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
 </context>
 <context>
  <name>Together</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n 张图像</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Tools</name>
  <message>
   <source>A mask this large would not fit into the memory; make it of several</source>
   <translation>这么大的掩码会超出内存；请分成几个</translation>
  </message>
  <message>
   <source>Click a colour for the next object; Shift adds, Ctrl takes away</source>
   <translation>单击颜色开始下一个对象；Shift 添加，Ctrl 减去</translation>
  </message>
  <message>
   <source>Click a colour to mask {name}; drag sideways for more or less</source>
   <translation>单击颜色生成 {name} 的掩码；左右拖动可扩大或缩小</translation>
  </message>
  <message>
   <source>Click a shape to select it, drag over several to select them</source>
   <translation>单击选择形状，拖动可框选多个</translation>
  </message>
  <message>
   <source>Click along the line to draw {name}</source>
   <translation>沿线逐点单击来绘制 {name}</translation>
  </message>
  <message>
   <source>Click along the new path, then the vertex where it ends</source>
   <translation>沿新路径逐点单击，最后单击终点顶点</translation>
  </message>
  <message>
   <source>Click along the outline to draw {name}; Shift+drag draws freehand</source>
   <translation>沿轮廓逐点单击来绘制 {name}；Shift+拖动可手绘</translation>
  </message>
  <message>
   <source>Click at the opposite side; Backspace takes a click back</source>
   <translation>单击对边；Backspace 撤回一次单击</translation>
  </message>
  <message>
   <source>Click into a hole of a mask or polygon to fill it</source>
   <translation>单击掩码或多边形中的孔洞将其填充</translation>
  </message>
  <message>
   <source>Click on the edge of {name}; the outline follows it</source>
   <translation>单击 {name} 的边缘，轮廓自动贴合</translation>
  </message>
  <message>
   <source>Click on the object, or drag a box around it: outline of {name}</source>
   <translation>单击对象或拖框圈住它，得到 {name} 的轮廓</translation>
  </message>
  <message>
   <source>Click the first vertex, double-click or press Enter to close it</source>
   <translation>单击第一个顶点、双击或按 Enter 闭合</translation>
  </message>
  <message>
   <source>Click the next point; Enter ends the object</source>
   <translation>单击下一个点；按 Enter 结束此对象</translation>
  </message>
  <message>
   <source>Click the next vertex; Backspace takes the last one back</source>
   <translation>单击下一个顶点；Backspace 撤回上一个</translation>
  </message>
  <message>
   <source>Click the points of {name} one by one, with Shift where one is occluded</source>
   <translation>逐个单击 {name} 的关键点，被遮挡的点按住 Shift 单击</translation>
  </message>
  <message>
   <source>Click the polygon whose outline is to be redrawn</source>
   <translation>单击要重画轮廓的多边形</translation>
  </message>
  <message>
   <source>Click the vertex where the new stretch begins</source>
   <translation>单击新轮廓段的起点顶点</translation>
  </message>
  <message>
   <source>Click to fix the outline so far; Enter closes it, Backspace takes it back</source>
   <translation>单击固定当前轮廓；Enter 闭合，Backspace 撤回</translation>
  </message>
  <message>
   <source>Click to replace this stretch; with Shift, the other side</source>
   <translation>单击替换这一段；按住 Shift 则替换另一侧</translation>
  </message>
  <message>
   <source>Click to select, drag to move</source>
   <translation>单击选择，拖动移动</translation>
  </message>
  <message>
   <source>Click where the line goes on; Shift keeps to steps of 45°</source>
   <translation>单击线的下一点；按住 Shift 以 45° 为步长</translation>
  </message>
  <message>
   <source>Double-click or press Enter to end the line</source>
   <translation>双击或按 Enter 结束折线</translation>
  </message>
  <message>
   <source>Drag a box around the object to find the outline of {name}</source>
   <translation>拖框圈住对象，找出 {name} 的轮廓</translation>
  </message>
  <message>
   <source>Drag a line right across shapes to cut them in two</source>
   <translation>拖出一条线完全穿过形状，将其切成两半</translation>
  </message>
  <message>
   <source>Drag a line right across the selected shapes to cut them</source>
   <translation>拖出一条线完全穿过所选形状，将其切开</translation>
  </message>
  <message>
   <source>Drag along one side of {name}, or click both its ends</source>
   <translation>沿 {name} 的一边拖动，或单击该边两端</translation>
  </message>
  <message>
   <source>Drag from corner to corner to draw {name}</source>
   <translation>从一角拖到对角来绘制 {name}</translation>
  </message>
  <message>
   <source>Drag the edge to add a vertex</source>
   <translation>拖动边来添加顶点</translation>
  </message>
  <message>
   <source>Drag to move this point, Ctrl+click: occluded, Shift+click: delete</source>
   <translation>拖动移动此点；Ctrl+单击：标为遮挡，Shift+单击：删除</translation>
  </message>
  <message>
   <source>Drag to move this vertex, Shift+click to delete it</source>
   <translation>拖动移动此顶点，按住 Shift 单击将其删除</translation>
  </message>
  <message>
   <source>Drag to move, click again for the shape underneath</source>
   <translation>拖动移动，再次单击选择下面的形状</translation>
  </message>
  <message>
   <source>Drag to resize</source>
   <translation>拖动调整大小</translation>
  </message>
  <message>
   <source>Drag to turn, with Shift in steps of 45°; Z and X turn by 1°</source>
   <translation>拖动旋转，按住 Shift 以 45° 为步长；Z 和 X 旋转 1°</translation>
  </message>
  <message>
   <source>Enter keeps it; click what is missing, right-click what is too much</source>
   <translation>Enter 采用；单击补上缺失部分，右键单击去掉多余部分</translation>
  </message>
  <message>
   <source>Enter keeps it; paint over what is missing, with Ctrl over what is too much</source>
   <translation>Enter 采用；涂抹补上缺失部分，按住 Ctrl 涂掉多余部分</translation>
  </message>
  <message>
   <source>Enter or a double-click cuts; Backspace takes the last back</source>
   <translation>Enter 或双击切割；Backspace 撤回上一点</translation>
  </message>
  <message>
   <source>Finding the outline…</source>
   <translation>正在查找轮廓…</translation>
  </message>
  <message>
   <source>No mask or polygon encloses this place: close the ring first</source>
   <translation>此处没有被掩码或多边形包围：请先将其围合</translation>
  </message>
  <message>
   <source>Nothing stands out there: paint over the object</source>
   <translation>此处没有明显的对象：请直接涂抹对象</translation>
  </message>
  <message>
   <source>Only a speck stands out there: paint over the whole object</source>
   <translation>此处只有一个小点突出：请涂抹整个对象</translation>
  </message>
  <message>
   <source>Paint on; Shift+click paints straight, Enter or a class key finishes this object</source>
   <translation>继续涂抹；Shift+单击画直线，Enter 或类别按键完成此对象</translation>
  </message>
  <message>
   <source>Paint over the object to start a mask of {name}</source>
   <translation>涂抹对象，开始绘制 {name} 的掩码</translation>
  </message>
  <message>
   <source>Preparing the image…</source>
   <translation>正在准备图像…</translation>
  </message>
  <message>
   <source>Press 1 to 9 to tag the whole image; the same key again takes the tag away</source>
   <translation>按 1 到 9 给整张图像打标签；再按同一键可移除</translation>
  </message>
  <message>
   <source>Release or click at the end of this side; Shift: steps of 45°</source>
   <translation>松开或单击此边的终点；Shift：以 45° 为步长</translation>
  </message>
  <message>
   <source>Release or click at the opposite corner; Shift for a square</source>
   <translation>松开或在对角单击；按住 Shift 画正方形</translation>
  </message>
  <message>
   <source>Select the mask or polygon first that this is to be taken away from</source>
   <translation>请先选择要从中减去的掩码或多边形</translation>
  </message>
  <message>
   <source>The picture is still being read</source>
   <translation>图片仍在读取中</translation>
  </message>
  <message>
   <source>These points are not finished: Enter ends the object, Esc drops it</source>
   <translation>关键点尚未完成：Enter 结束此对象，Esc 放弃</translation>
  </message>
  <message>
   <source>This line is not finished: Enter ends it, Esc drops it</source>
   <translation>折线尚未完成：Enter 结束，Esc 放弃</translation>
  </message>
  <message>
   <source>This outline is still open: Enter closes it, Esc drops it</source>
   <translation>轮廓尚未闭合：Enter 闭合，Esc 放弃</translation>
  </message>
  <message>
   <source>This place is filled already: click into a hole</source>
   <translation>此处已填充：请单击孔洞</translation>
  </message>
  <message>
   <source>This polygon is still open: Enter closes it, Esc drops it</source>
   <translation>多边形尚未闭合：Enter 闭合，Esc 放弃</translation>
  </message>
  <message>
   <source>Tolerance {tolerance}: drag right for more, left for less</source>
   <translation>容差 {tolerance}：向右拖动扩大，向左缩小</translation>
  </message>
  <message>
   <source>Turned into a box: only the extent is left, the outline is lost</source>
   <translation>已转换为框：只保留范围，轮廓已丢失</translation>
  </message>
  <message>
   <source>Turned into an upright box: the angle is lost</source>
   <translation>已转换为水平框：旋转角度已丢失</translation>
  </message>
  <message>
   <source>Turned into pixels: vertices, and what is finer than a pixel, are lost</source>
   <translation>已转换为像素：顶点以及小于一个像素的细节已丢失</translation>
  </message>
  <message>
   <source>Wipe over a mask or polygon to erase from it; [ and ] size the eraser</source>
   <translation>在掩码或多边形上擦拭来擦除；[ 和 ] 调整橡皮擦大小</translation>
  </message>
  <message>
   <source>a new class</source>
   <translation>新类别</translation>
  </message>
  <message>
   <source>{angle}°; Shift for steps of 45°</source>
   <translation>{angle}°；按住 Shift 以 45° 为步长</translation>
  </message>
 </context>
 <context>
  <name>Tour</name>
  <message>
   <source>Begin with a folder of pictures</source>
   <translation>从图片文件夹开始</translation>
  </message>
  <message>
   <source>File › New project ({key}) or a folder dropped on this window. The pictures stay where they are and are never changed.</source>
   <translation>文件 › 新建项目（{key}），或将文件夹拖到此窗口。图片留在原处，绝不会被修改。</translation>
  </message>
  <message>
   <source>Label what is in them</source>
   <translation>标注图片内容</translation>
  </message>
  <message>
   <source>Let it label the rest</source>
   <translation>让模型标注其余图片</translation>
  </message>
  <message>
   <source>Predict runs the model on new pictures. {accept} accepts what it found, {reject} turns it down; then train again.</source>
   <translation>“预测”用模型处理新图片。{accept} 接受结果，{reject} 拒绝；之后可再次训练。</translation>
  </message>
  <message>
   <source>Press {key} and drag a box over an object; {next} shows the next picture. There is nothing to save: every change is kept at once.</source>
   <translation>按 {key}，拖框圈住对象；按 {next} 查看下一张图片。无需保存：每次修改都会立即存下。</translation>
  </message>
  <message>
   <source>Results shows how good the model is, class by class, and its worst mistakes first: often a label is wrong, and you can correct it from there.</source>
   <translation>“结果”按类别显示模型效果，最严重的错误排在最前：往往是标注有误，可直接从那里修改。</translation>
  </message>
  <message>
   <source>See what it got right and wrong</source>
   <translation>查看模型的对与错</translation>
  </message>
  <message>
   <source>Train a model</source>
   <translation>训练模型</translation>
  </message>
  <message>
   <source>What to find and how is chosen for you. {key} starts the training; meanwhile you can go on labelling.</source>
   <translation>找什么、怎么找都已自动选好。按 {key} 开始训练，其间可以继续标注。</translation>
  </message>
 </context>
 <context>
  <name>TrainBar</name>
  <message>
   <source>A training is under way; this one begins when it has ended, with the labels as they are then (Ctrl+Enter)</source>
   <translation>已有训练正在进行；结束后再开始这一次，使用届时的标注（Ctrl+Enter）</translation>
  </message>
  <message>
   <source>Add to queue</source>
   <translation>加入队列</translation>
  </message>
  <message>
   <source>Start training (Ctrl+Enter)</source>
   <translation>开始训练（Ctrl+Enter）</translation>
  </message>
  <message>
   <source>Train</source>
   <translation>训练</translation>
  </message>
  <message numerus="yes">
   <source>at most about %n minute(s)</source>
   <translation>
    <numerusform>最多约 %n 分钟</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>begins after %n training(s)</source>
   <translation>
    <numerusform>在 %n 次训练之后开始</numerusform>
   </translation>
  </message>
  <message>
   <source>{train} images to learn from, {val} to check on</source>
   <translation>{train} 张图像用于学习，{val} 张用于验证</translation>
  </message>
 </context>
 <context>
  <name>TrainConfig</name>
  <message>
   <source>Chance that a piece of each image is replaced by one of another (classify).</source>
   <translation>用另一张图像的一块替换每张图像中一块的概率（分类）。</translation>
  </message>
  <message>
   <source>Chance that a rectangle of an image is hidden.</source>
   <translation>图像中一块矩形被遮盖的概率。</translation>
  </message>
  <message>
   <source>Chance that an image is blurred.</source>
   <translation>图像被模糊的概率。</translation>
  </message>
  <message>
   <source>Chance that an image is mirrored left to right; -1, here and below: as augmentation says.</source>
   <translation>图像左右翻转的概率；-1（此处及以下）表示按数据增强的设置。</translation>
  </message>
  <message>
   <source>Chance that an image is turned by 90, 180 or 270 degrees.</source>
   <translation>图像旋转 90、180 或 270 度的概率。</translation>
  </message>
  <message>
   <source>Chance that an image is turned upside down by mirroring.</source>
   <translation>图像上下翻转的概率。</translation>
  </message>
  <message>
   <source>Chance that each image is blended with another.</source>
   <translation>每张图像与另一张混合的概率。</translation>
  </message>
  <message>
   <source>Chance that each image is put together with three others (detect, instances); not at the
    end of a run.</source>
   <translation>每张图像与另外三张拼接的概率（目标检测、实例分割）；运行末尾不使用。</translation>
  </message>
  <message>
   <source>Compile the model for the device, which pays in long runs on CUDA: off, auto or on.</source>
   <translation>针对设备编译模型，在 CUDA 上长时间训练时划算：off、auto 或 on。</translation>
  </message>
  <message>
   <source>Early stopping waits at least this long.</source>
   <translation>早停至少等待这么久。</translation>
  </message>
  <message>
   <source>Epochs in which the new layers learn alone, before the trained ones join in.</source>
   <translation>已训练的层加入之前，只有新层学习的轮数。</translation>
  </message>
  <message>
   <source>Epochs without improvement after which training stops; 0 never stops early.</source>
   <translation>连续多少轮没有改善就停止训练；0 表示从不提前停止。</translation>
  </message>
  <message>
   <source>Gradients longer than this are shortened to it.</source>
   <translation>超过此长度的梯度会被截短。</translation>
  </message>
  <message>
   <source>How many changes of RandAugment are made to each image (classify).</source>
   <translation>对每张图像施加几种 RandAugment 变换（分类）。</translation>
  </message>
  <message>
   <source>How much less the focal loss looks at what is easy already; 0 is cross-entropy.</source>
   <translation>Focal loss 降低易分样本权重的程度；0 即交叉熵。</translation>
  </message>
  <message>
   <source>How much more rare classes count in the loss: none, root or effective.</source>
   <translation>稀有类别在损失中加权的方式：none、root 或 effective。</translation>
  </message>
  <message>
   <source>How much training images are varied: none, light, medium or strong.</source>
   <translation>训练图像的变化程度：none、light、medium 或 strong。</translation>
  </message>
  <message>
   <source>How often images of rare classes are shown: uniform, root or balanced.</source>
   <translation>含稀有类别的图像的采样频率：uniform、root 或 balanced。</translation>
  </message>
  <message>
   <source>How slowly that average moves, such as 0.999; 0 follows from the length of the run.</source>
   <translation>滑动平均变化的快慢，例如 0.999；0 表示由训练长度决定。</translation>
  </message>
  <message>
   <source>Images a step learns from.</source>
   <translation>每一步学习的图像数。</translation>
  </message>
  <message>
   <source>Images on the device at a time, gradients being added up; 0 is the whole batch.</source>
   <translation>设备上一次处理的图像数，梯度会累加；0 表示整批。</translation>
  </message>
  <message>
   <source>Judge and keep a running average of the weights, which is steadier than the last step.</source>
   <translation>评判并保存权重的滑动平均，它比最后一步更稳定。</translation>
  </message>
  <message>
   <source>Keep large images decoded and resized in the user's cache folder while there is room.</source>
   <translation>空间足够时，将大图像解码并缩放后存入用户的缓存文件夹。</translation>
  </message>
  <message>
   <source>Layers that never learn: how many of the first stages, or beginnings of their names.</source>
   <translation>始终不训练的层：前几个阶段的数量，或层名的开头。</translation>
  </message>
  <message>
   <source>Learning rate of pretrained layers as a part of the head's.</source>
   <translation>预训练层的学习率占头部学习率的比例。</translation>
  </message>
  <message>
   <source>Least part of an image's area that a classifier sees; 1 is all of it.</source>
   <translation>分类器看到的图像面积的最小比例；1 表示全部。</translation>
  </message>
  <message>
   <source>Length in pixels to which the image's longer side (classify: both sides) is resized.</source>
   <translation>图像长边（分类时为两边）缩放到的像素长度。</translation>
  </message>
  <message>
   <source>Look ahead along the momentum before each step (sgd).</source>
   <translation>每一步之前沿动量方向前瞻（sgd）。</translation>
  </message>
  <message>
   <source>Most change of brightness, as a part of it.</source>
   <translation>亮度变化的最大比例。</translation>
  </message>
  <message>
   <source>Most change of contrast, as a part of it.</source>
   <translation>对比度变化的最大比例。</translation>
  </message>
  <message>
   <source>Most change of hue, as a part of the colour circle.</source>
   <translation>色相变化的最大幅度，以占色环的比例表示。</translation>
  </message>
  <message>
   <source>Most change of saturation, as a part of it.</source>
   <translation>饱和度变化的最大比例。</translation>
  </message>
  <message>
   <source>Most degrees by which an image is turned either way.</source>
   <translation>图像向任一方向旋转的最大度数。</translation>
  </message>
  <message>
   <source>Most degrees by which upright lines are slanted either way.</source>
   <translation>竖直线向任一方向倾斜的最大度数。</translation>
  </message>
  <message>
   <source>Most noise, as a part of white.</source>
   <translation>噪声的最大强度，以占白色的比例表示。</translation>
  </message>
  <message>
   <source>Most that an image is magnified or reduced; 1.25 is a quarter, 1 not at all.</source>
   <translation>图像放大或缩小的最大倍数；1.25 为四分之一，1 为不变。</translation>
  </message>
  <message>
   <source>On CUDA, compute in bf16, or in fp16 where the card has no bf16 and does that soundly.</source>
   <translation>在 CUDA 上以 bf16 计算；显卡不支持 bf16 但能可靠地计算 fp16 时用 fp16。</translation>
  </message>
  <message>
   <source>Part of the certainty spread over the other classes (classify).</source>
   <translation>分摊给其他类别的置信度比例（分类）。</translation>
  </message>
  <message>
   <source>Part of the features that is left out at random while learning; -1 is the model's own.</source>
   <translation>学习时随机舍弃的特征比例；-1 表示使用模型自身的设置。</translation>
  </message>
  <message>
   <source>Part of the images kept for validation where none was chosen by hand.</source>
   <translation>未手动指定时，留作验证的图像比例。</translation>
  </message>
  <message>
   <source>Part of the last step that goes on in the next (sgd, rmsprop).</source>
   <translation>上一步延续到下一步的比例（sgd、rmsprop）。</translation>
  </message>
  <message>
   <source>Part of the training images that is learned from, as for a learning curve. A smaller part
    is within a larger one.</source>
   <translation>用于学习的训练图像比例，例如为了学习曲线。较小的部分
    包含在较大的部分之内。</translation>
  </message>
  <message>
   <source>Peak learning rate of the new head; pretrained layers use ``lr * backbone_lr_factor``.</source>
   <translation>新头部的峰值学习率；预训练层使用 ``lr * backbone_lr_factor``。</translation>
  </message>
  <message>
   <source>Processes that read images; -1 chooses.</source>
   <translation>读取图像的进程数；-1 表示自动选择。</translation>
  </message>
  <message>
   <source>Pull of weights towards zero; never on biases and normalisation.</source>
   <translation>将权重拉向零的力度；不作用于偏置和归一化。</translation>
  </message>
  <message>
   <source>Seed of splits, augmentation, order and new weights.</source>
   <translation>子集划分、数据增强、顺序和新权重的随机种子。</translation>
  </message>
  <message>
   <source>Side in pixels of the parts that larger images are seen in, each of which is resized to
    image_size; 0 sees every image whole (classify always does).</source>
   <translation>较大图像切成的图块的边长（像素），每块再缩放到 image_size；0 表示每张图像整体输入（分类总是如此）。</translation>
  </message>
  <message>
   <source>Statistics that normalise while learning, where layers were trained before: those of each
    batch, the pretrained ones, or, by auto, the pretrained ones where a batch is small.</source>
   <translation>学习时对预训练层做归一化所用的统计量：每批的 (batch)、
    预训练的 (pretrained)，或自动 (auto)：每批图像少时用预训练的。</translation>
  </message>
  <message>
   <source>Steps over which the learning rate rises from nearly zero.</source>
   <translation>学习率从接近零上升所用的步数。</translation>
  </message>
  <message>
   <source>The architecture's name in the catalogue.</source>
   <translation>目录中的架构名称。</translation>
  </message>
  <message>
   <source>The learning rate after warm-up: cosine, step, poly, plateau or constant.</source>
   <translation>预热之后的学习率：cosine、step、poly、plateau 或 constant。</translation>
  </message>
  <message>
   <source>The most passes over the training images.</source>
   <translation>遍历训练图像的最多次数。</translation>
  </message>
  <message>
   <source>The rule that turns gradients into steps: adamw, sgd, adam, rmsprop or adagrad.</source>
   <translation>将梯度变为步长的规则：adamw、sgd、adam、rmsprop 或 adagrad。</translation>
  </message>
  <message>
   <source>Use only operations that give the same result each time, where the device has them.</source>
   <translation>在设备支持的范围内，只使用每次结果都相同的运算。</translation>
  </message>
  <message>
   <source>What to learn: classify, detect, instances, segment or keypoints.</source>
   <translation>学习什么：classify、detect、instances、segment 或 keypoints。</translation>
  </message>
  <message>
   <source>What training makes small: own (the usual), ce, bce, focal, dice, ce_dice, bce_dice or, where
    the model allows, giou.</source>
   <translation>训练要减小的量：own（默认）、ce、bce、focal、dice、ce_dice、bce_dice，或在模型支持时为 giou。</translation>
  </message>
  <message>
   <source>Write the curves for TensorBoard too, into the folder tensorboard of the run.</source>
   <translation>同时为 TensorBoard 写出曲线，存入运行的 tensorboard 文件夹。</translation>
  </message>
  <message>
   <source>auto, cpu, cuda, cuda:N or mps.</source>
   <translation>auto、cpu、cuda、cuda:N 或 mps。</translation>
  </message>
  <message>
   <source>pretrained, or scratch to start from random weights.</source>
   <translation>pretrained，或 scratch 表示从随机权重开始。</translation>
  </message>
 </context>
 <context>
  <name>TrainWorkspace</name>
  <message>
   <source>Press Train to start with the automatic choices.</source>
   <translation>按“训练”以自动选择的设置开始。</translation>
  </message>
  <message>
   <source>There is too little labelled to train on yet.</source>
   <translation>标注的内容还太少，无法训练。</translation>
  </message>
  <message>
   <source>Tick another run of the same task to compare with.</source>
   <translation>请再勾选一个同一任务的运行来比较。</translation>
  </message>
  <message>
   <source>Tick other runs to lay their curves over these</source>
   <translation>勾选其他运行即可将其曲线叠加到这些图表上</translation>
  </message>
  <message>
   <source>Training goes on in the background; you may label meanwhile.</source>
   <translation>训练在后台继续进行；其间可以标注。</translation>
  </message>
 </context>
 <context>
  <name>TransferDialog</name>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Problems</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>What</source>
   <translation>内容</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>位置</translation>
  </message>
  <message>
   <source>about {time} left</source>
   <translation>剩余约 {time}</translation>
  </message>
 </context>
 <context>
  <name>VideoDialog</name>
  <message>
   <source> s</source>
   <translation> 秒</translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) taken</source>
   <translation>
    <numerusform>已提取 %n 张图像</numerusform>
   </translation>
  </message>
  <message>
   <source>A video file</source>
   <translation>视频文件</translation>
  </message>
  <message>
   <source>Add video</source>
   <translation>添加视频</translation>
  </message>
  <message>
   <source>Choose a video</source>
   <translation>选择视频</translation>
  </message>
  <message>
   <source>Choose…</source>
   <translation>选择…</translation>
  </message>
  <message>
   <source>One image every</source>
   <translation>按间隔取一张：</translation>
  </message>
  <message>
   <source>One image for each scene</source>
   <translation>每个场景取一张</translation>
  </message>
  <message>
   <source>Take</source>
   <translation>取图方式</translation>
  </message>
  <message>
   <source>Take frames</source>
   <translation>提取帧</translation>
  </message>
  <message>
   <source>The frames are kept beside the project; the video is not changed.</source>
   <translation>帧保存在项目旁边，视频不会被修改。</translation>
  </message>
  <message>
   <source>There is no such file.</source>
   <translation>没有这个文件。</translation>
  </message>
  <message>
   <source>Video</source>
   <translation>视频</translation>
  </message>
  <message>
   <source>Videos</source>
   <translation>视频</translation>
  </message>
  <message numerus="yes">
   <source>about %n image(s)</source>
   <translation>
    <numerusform>约 %n 张图像</numerusform>
   </translation>
  </message>
  <message>
   <source>about {time} left</source>
   <translation>剩余约 {time}</translation>
  </message>
 </context>
 <context>
  <name>ViewPanel</name>
  <message>
   <source> px</source>
   <translation> 像素</translation>
  </message>
  <message>
   <source>Brightness</source>
   <translation>亮度</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Contrast</source>
   <translation>对比度</translation>
  </message>
  <message>
   <source>Fill</source>
   <translation>填充</translation>
  </message>
  <message>
   <source>Gamma</source>
   <translation>伽马</translation>
  </message>
  <message>
   <source>Line width</source>
   <translation>线宽</translation>
  </message>
  <message>
   <source>Lines</source>
   <translation>线条</translation>
  </message>
  <message>
   <source>Picture, on screen only</source>
   <translation>图片（仅影响显示）</translation>
  </message>
  <message>
   <source>Raw values, from black to white</source>
   <translation>原始值，从黑到白</translation>
  </message>
  <message>
   <source>Reset</source>
   <translation>重置</translation>
  </message>
  <message>
   <source>Shapes</source>
   <translation>形状</translation>
  </message>
  <message>
   <source>View</source>
   <translation>视图</translation>
  </message>
 </context>
 <context>
  <name>WaitingList</name>
  <message>
   <source>They begin one after the other, with the labels as they are then. Closing the project forgets them.</source>
   <translation>它们将依次开始，使用届时的标注。关闭项目后队列会清空。</translation>
  </message>
  <message>
   <source>Waiting</source>
   <translation>等待中</translation>
  </message>
  <message numerus="yes">
   <source>and %n more</source>
   <translation>
    <numerusform>还有 %n 项</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>WaitingRow</name>
  <message>
   <source>Begin before the one above</source>
   <translation>提到上一项之前</translation>
  </message>
  <message>
   <source>Take it off the list</source>
   <translation>从列表中移除</translation>
  </message>
 </context>
 <context>
  <name>Walking</name>
  <message numerus="yes">
   <source>%n shape(s) selected</source>
   <translation>
    <numerusform>已选择 %n 个形状</numerusform>
   </translation>
  </message>
  <message>
   <source>{name}: {number} of {count}</source>
   <translation>{name}：{number}/{count}</translation>
  </message>
 </context>
 <context>
  <name>WeightsChoice</name>
  <message>
   <source>Copying the file…</source>
   <translation>正在复制文件…</translation>
  </message>
  <message>
   <source>Pick a file…</source>
   <translation>选择文件…</translation>
  </message>
  <message>
   <source>Pretrained weights</source>
   <translation>预训练权重</translation>
  </message>
  <message>
   <source>Random weights: this needs many more images and epochs.</source>
   <translation>随机权重：需要更多的图像和轮数。</translation>
  </message>
  <message>
   <source>Retry download</source>
   <translation>重新下载</translation>
  </message>
  <message>
   <source>Start from scratch</source>
   <translation>从头开始</translation>
  </message>
  <message>
   <source>The pretrained weights of {model} are not on this computer and could not be downloaded: {reason}</source>
   <translation>本机没有 {model} 的预训练权重，也无法下载：{reason}</translation>
  </message>
  <message>
   <source>Weights (*.safetensors *.pth)</source>
   <translation>权重 (*.safetensors *.pth)</translation>
  </message>
 </context>
 <context>
  <name>Welcome</name>
  <message numerus="yes">
   <source>%n unlabelled image(s)</source>
   <translation>
    <numerusform>%n 张未标注的图像</numerusform>
   </translation>
  </message>
  <message>
   <source>Add folder…</source>
   <translation>添加文件夹…</translation>
  </message>
  <message>
   <source>Add images…</source>
   <translation>添加图像…</translation>
  </message>
  <message>
   <source>Drop images or a folder here to see what the model makes of them.</source>
   <translation>将图像或文件夹拖放到这里，看看模型如何判断。</translation>
  </message>
  <message>
   <source>Go to Train</source>
   <translation>转到训练</translation>
  </message>
  <message>
   <source>Predict on the images of this project that nobody has labelled</source>
   <translation>对本项目中尚未标注的图像进行预测</translation>
  </message>
  <message>
   <source>The model is being trained; then you can let it label new images here.</source>
   <translation>模型正在训练；训练好以后，可以在这里让它标注新图像。</translation>
  </message>
  <message>
   <source>Train a model first; here you let it label new images.</source>
   <translation>请先训练模型；在这里让它标注新图像。</translation>
  </message>
 </context>
</TS>
