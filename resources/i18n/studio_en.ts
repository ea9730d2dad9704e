<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
 <context>
  <name>Bulk</name>
  <message numerus="yes">
   <source>%n image(s) marked as done.</source>
   <translation>
    <numerusform>%n image marked as done.</numerusform>
    <numerusform>%n images marked as done.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) marked as new.</source>
   <translation>
    <numerusform>%n image marked as new.</numerusform>
    <numerusform>%n images marked as new.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) put into test.</source>
   <translation>
    <numerusform>%n image put into test.</numerusform>
    <numerusform>%n images put into test.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) put into training.</source>
   <translation>
    <numerusform>%n image put into training.</numerusform>
    <numerusform>%n images put into training.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) put into validation.</source>
   <translation>
    <numerusform>%n image put into validation.</numerusform>
    <numerusform>%n images put into validation.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) removed from the project; the files stay.</source>
   <translation>
    <numerusform>%n image removed from the project; the file stays.</numerusform>
    <numerusform>%n images removed from the project; the files stay.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) skipped.</source>
   <translation>
    <numerusform>%n image skipped.</numerusform>
    <numerusform>%n images skipped.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) tagged as {name}.</source>
   <translation>
    <numerusform>%n image tagged as {name}.</numerusform>
    <numerusform>%n images tagged as {name}.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Note changed on %n image(s).</source>
   <translation>
    <numerusform>Note changed on %n image.</numerusform>
    <numerusform>Note changed on %n images.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>The split of %n image(s) is chosen automatically.</source>
   <translation>
    <numerusform>The split of %n image is chosen automatically.</numerusform>
    <numerusform>The split of %n images is chosen automatically.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{name} taken from %n image(s).</source>
   <translation>
    <numerusform>{name} taken from %n image.</numerusform>
    <numerusform>{name} taken from %n images.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ClassList</name>
  <message numerus="yes">
   <source>%n shape(s)</source>
   <translation>
    <numerusform>%n shape</numerusform>
    <numerusform>%n shapes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n tag(s)</source>
   <translation>
    <numerusform>%n tag</numerusform>
    <numerusform>%n tags</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ClassesPanel</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n image</numerusform>
    <numerusform>%n images</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s)</source>
   <translation>
    <numerusform>%n shape</numerusform>
    <numerusform>%n shapes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s) become the new class:</source>
   <translation>
    <numerusform>%n shape becomes the new class:</numerusform>
    <numerusform>%n shapes become the new class:</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n tag(s)</source>
   <translation>
    <numerusform>%n tag</numerusform>
    <numerusform>%n tags</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Clipboard</name>
  <message numerus="yes">
   <source>%n shape(s) copied</source>
   <translation>
    <numerusform>%n shape copied</numerusform>
    <numerusform>%n shapes copied</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s) copied from {name}</source>
   <translation>
    <numerusform>%n shape copied from {name}</numerusform>
    <numerusform>%n shapes copied from {name}</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s) cut</source>
   <translation>
    <numerusform>%n shape cut</numerusform>
    <numerusform>%n shapes cut</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s) left out: they lie beyond this image</source>
   <translation>
    <numerusform>%n shape left out: it lies beyond this image</numerusform>
    <numerusform>%n shapes left out: they lie beyond this image</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s) pasted</source>
   <translation>
    <numerusform>%n shape pasted</numerusform>
    <numerusform>%n shapes pasted</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Comparison</name>
  <message numerus="yes">
   <source>%n image(s) less</source>
   <translation>
    <numerusform>%n image fewer</numerusform>
    <numerusform>%n images fewer</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) more</source>
   <translation>
    <numerusform>%n image more</numerusform>
    <numerusform>%n images more</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n in another split</source>
   <translation>
    <numerusform>%n in another split</numerusform>
    <numerusform>%n in another split</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n labelled differently</source>
   <translation>
    <numerusform>%n labelled differently</numerusform>
    <numerusform>%n labelled differently</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Left out: %n image(s) that one of them learned from or was not judged on, or that were labelled differently.</source>
   <translation>
    <numerusform>Left out: %n image that one of them learned from or was not judged on, or that was labelled differently.</numerusform>
    <numerusform>Left out: %n images that one of them learned from or was not judged on, or that were labelled differently.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{run} against {base}: cannot be told from %n image(s) that both were judged on.</source>
   <translation>
    <numerusform>{run} against {base}: cannot be told from %n image that both were judged on.</numerusform>
    <numerusform>{run} against {base}: cannot be told from %n images that both were judged on.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>CurveDialog</name>
  <message numerus="yes">
   <source>%n more labelled</source>
   <translation>
    <numerusform>%n more labelled</numerusform>
    <numerusform>%n more labelled</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n training(s) to go. You may close this and label meanwhile.</source>
   <translation>
    <numerusform>%n training to go. You may close this and label meanwhile.</numerusform>
    <numerusform>%n trainings to go. You may close this and label meanwhile.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Measuring would not tell it either: only %n image(s) would judge. Label more, or put more images into validation.</source>
   <translation>
    <numerusform>Measuring would not tell it either: only %n image would judge. Label more, or put more images into validation.</numerusform>
    <numerusform>Measuring would not tell it either: only %n images would judge. Label more, or put more images into validation.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>DescribeDialog</name>
  <message numerus="yes">
   <source>%n shape(s)</source>
   <translation>
    <numerusform>%n shape</numerusform>
    <numerusform>%n shapes</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Desk</name>
  <message numerus="yes">
   <source>%n kept back: you have labelled the same there already.</source>
   <translation>
    <numerusform>%n kept back: you have labelled the same there already.</numerusform>
    <numerusform>%n kept back: you have labelled the same there already.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>EntryModel</name>
  <message numerus="yes">
   <source>%n change(s)</source>
   <translation>
    <numerusform>%n change</numerusform>
    <numerusform>%n changes</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ExportDialog</name>
  <message numerus="yes">
   <source>%n image(s) exported to {folder}.</source>
   <translation>
    <numerusform>%n image exported to {folder}.</numerusform>
    <numerusform>%n images exported to {folder}.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>FilterBar</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n image</numerusform>
    <numerusform>%n images</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Gallery</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n image</numerusform>
    <numerusform>%n images</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ImportDialog</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n image</numerusform>
    <numerusform>%n images</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n problem(s):</source>
   <translation>
    <numerusform>%n problem:</numerusform>
    <numerusform>%n problems:</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s)</source>
   <translation>
    <numerusform>%n shape</numerusform>
    <numerusform>%n shapes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n tag(s)</source>
   <translation>
    <numerusform>%n tag</numerusform>
    <numerusform>%n tags</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Interpolating</name>
  <message numerus="yes">
   <source>%n shape(s) put on the images before this one</source>
   <translation>
    <numerusform>%n shape put on the images before this one</numerusform>
    <numerusform>%n shapes put on the images before this one</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>IssueModel</name>
  <message numerus="yes">
   <source>%n frame(s) of one video are in different splits.</source>
   <translation>
    <numerusform>%n frame of one video is in different splits.</numerusform>
    <numerusform>%n frames of one video are in different splits.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) look the same, in different splits.</source>
   <translation>
    <numerusform>%n image looks the same, in different splits.</numerusform>
    <numerusform>%n images look the same, in different splits.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) look the same.</source>
   <translation>
    <numerusform>%n image looks the same.</numerusform>
    <numerusform>%n images look the same.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>JobFooter</name>
  <message numerus="yes">
   <source>%n minute(s) left</source>
   <translation>
    <numerusform>%n minute left</numerusform>
    <numerusform>%n minutes left</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n second(s) left</source>
   <translation>
    <numerusform>%n second left</numerusform>
    <numerusform>%n seconds left</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>LearningCurve</name>
  <message numerus="yes">
   <source>%n more labelled image(s) would bring {metric} from {now} to about {then} (likely between {low} and {high}).</source>
   <translation>
    <numerusform>%n more labelled image would bring {metric} from {now} to about {then} (likely between {low} and {high}).</numerusform>
    <numerusform>%n more labelled images would bring {metric} from {now} to about {then} (likely between {low} and {high}).</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n run(s)</source>
   <translation>
    <numerusform>%n run</numerusform>
    <numerusform>%n runs</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>It takes at most about %n minute(s).</source>
   <translation>
    <numerusform>It takes at most about %n minute.</numerusform>
    <numerusform>It takes at most about %n minutes.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>judged on %n validation image(s).</source>
   <translation>
    <numerusform>judged on %n validation image.</numerusform>
    <numerusform>judged on %n validation images.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>LevelCard</name>
  <message numerus="yes">
   <source>At most %n minute(s) for {epochs} epochs, as measured</source>
   <translation>
    <numerusform>At most %n minute for {epochs} epochs, as measured</numerusform>
    <numerusform>At most %n minutes for {epochs} epochs, as measured</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>At most about %n minute(s) for {epochs} epochs</source>
   <translation>
    <numerusform>At most about %n minute for {epochs} epochs</numerusform>
    <numerusform>At most about %n minutes for {epochs} epochs</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>MissingStrip</name>
  <message numerus="yes">
   <source>%n file(s) of the same name have another content.</source>
   <translation>
    <numerusform>%n file of the same name has another content.</numerusform>
    <numerusform>%n files of the same name have another content.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image file(s) are no longer where they were.</source>
   <translation>
    <numerusform>%n image file is no longer where it was.</numerusform>
    <numerusform>%n image files are no longer where they were.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n unlabelled duplicate(s) removed from the project.</source>
   <translation>
    <numerusform>%n unlabelled duplicate removed from the project.</numerusform>
    <numerusform>%n unlabelled duplicates removed from the project.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{found} of %n missing image file(s) found and linked.</source>
   <translation>
    <numerusform>{found} of %n missing image file found and linked.</numerusform>
    <numerusform>{found} of %n missing image files found and linked.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>NoteDialog</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n image</numerusform>
    <numerusform>%n images</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ObjectsPage</name>
  <message numerus="yes">
   <source>%n chosen</source>
   <translation>
    <numerusform>%n chosen</numerusform>
    <numerusform>%n chosen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n object(s)</source>
   <translation>
    <numerusform>%n object</numerusform>
    <numerusform>%n objects</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>PredictWorkspace</name>
  <message numerus="yes">
   <source>%n image(s) predicted</source>
   <translation>
    <numerusform>%n image predicted</numerusform>
    <numerusform>%n images predicted</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>PreflightList</name>
  <message numerus="yes">
   <source>Move %n image(s) to validation</source>
   <translation>
    <numerusform>Move %n image to validation</numerusform>
    <numerusform>Move %n images to validation</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>and %n more</source>
   <translation>
    <numerusform>and %n more</numerusform>
    <numerusform>and %n more</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Preview</name>
  <message numerus="yes">
   <source>%n shape(s)</source>
   <translation>
    <numerusform>%n shape</numerusform>
    <numerusform>%n shapes</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ProjectView</name>
  <message numerus="yes">
   <source>%n file(s) of another kind passed over.</source>
   <translation>
    <numerusform>%n file of another kind passed over.</numerusform>
    <numerusform>%n files of another kind passed over.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) added.</source>
   <translation>
    <numerusform>%n image added.</numerusform>
    <numerusform>%n images added.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) cannot be shown.</source>
   <translation>
    <numerusform>%n image cannot be shown.</numerusform>
    <numerusform>%n images cannot be shown.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>QualityPage</name>
  <message numerus="yes">
   <source>%n issue(s)</source>
   <translation>
    <numerusform>%n issue</numerusform>
    <numerusform>%n issues</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Draw training and validation anew for %n image(s)?</source>
   <translation>
    <numerusform>Draw training and validation anew for %n image?</numerusform>
    <numerusform>Draw training and validation anew for %n images?</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{repair} (all %n)</source>
   <translation>
    <numerusform>{repair} (%n)</numerusform>
    <numerusform>{repair} (all %n)</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>RecentProjects</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n image</numerusform>
    <numerusform>%n images</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Reshaping</name>
  <message numerus="yes">
   <source>%n shape(s) below covered wholly and left alone</source>
   <translation>
    <numerusform>%n shape below is covered wholly and left alone</numerusform>
    <numerusform>%n shapes below are covered wholly and left alone</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ResultsWorkspace</name>
  <message numerus="yes">
   <source>measured on %n validation image(s)</source>
   <translation>
    <numerusform>measured on %n validation image</numerusform>
    <numerusform>measured on %n validation images</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Saver</name>
  <message numerus="yes">
   <source>%n file(s) could not be read</source>
   <translation>
    <numerusform>%n file could not be read</numerusform>
    <numerusform>%n files could not be read</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Section</name>
  <message numerus="yes">
   <source>%n changed</source>
   <translation>
    <numerusform>%n changed</numerusform>
    <numerusform>%n changed</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>SelectionBar</name>
  <message numerus="yes">
   <source>%n image(s) selected</source>
   <translation>
    <numerusform>%n image selected</numerusform>
    <numerusform>%n images selected</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>SidePanel</name>
  <message numerus="yes">
   <source>Accept all %n</source>
   <translation>
    <numerusform>Accept all %n</numerusform>
    <numerusform>Accept all %n</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Everything shown, on %n image(s), in one step that can be undone</source>
   <translation>
    <numerusform>Everything shown, on %n image, in one step that can be undone</numerusform>
    <numerusform>Everything shown, on %n images, in one step that can be undone</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Simplifier</name>
  <message numerus="yes">
   <source>%n hole(s) go</source>
   <translation>
    <numerusform>%n hole goes</numerusform>
    <numerusform>%n holes go</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>SpeedLine</name>
  <message numerus="yes">
   <source>at most about %n minute(s) in all</source>
   <translation>
    <numerusform>at most about %n minute in all</numerusform>
    <numerusform>at most about %n minutes in all</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>StatusBar</name>
  <message numerus="yes">
   <source>%n labelled</source>
   <translation>
    <numerusform>%n labelled</numerusform>
    <numerusform>%n labelled</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>SuggestionBar</name>
  <message numerus="yes">
   <source>%n kept back: you have labelled the same there already.</source>
   <translation>
    <numerusform>%n kept back: you have labelled the same there already.</numerusform>
    <numerusform>%n kept back: you have labelled the same there already.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n suggestion(s)</source>
   <translation>
    <numerusform>%n suggestion</numerusform>
    <numerusform>%n suggestions</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Quick classifier, %n image(s) so far</source>
   <translation>
    <numerusform>Quick classifier, %n image so far</numerusform>
    <numerusform>Quick classifier, %n images so far</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Quick classifier, %n image(s), about {part} right</source>
   <translation>
    <numerusform>Quick classifier, %n image, about {part} right</numerusform>
    <numerusform>Quick classifier, %n images, about {part} right</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>TaskCard</name>
  <message numerus="yes">
   <source>%n class(es)</source>
   <translation>
    <numerusform>%n class</numerusform>
    <numerusform>%n classes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n image</numerusform>
    <numerusform>%n images</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n object(s)</source>
   <translation>
    <numerusform>%n object</numerusform>
    <numerusform>%n objects</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>… and %n more</source>
   <translation>
    <numerusform>… and %n more</numerusform>
    <numerusform>… and %n more</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Together</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n image</numerusform>
    <numerusform>%n images</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>TrainBar</name>
  <message numerus="yes">
   <source>at most about %n minute(s)</source>
   <translation>
    <numerusform>at most about %n minute</numerusform>
    <numerusform>at most about %n minutes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>begins after %n training(s)</source>
   <translation>
    <numerusform>begins after %n training</numerusform>
    <numerusform>begins after %n trainings</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>VideoDialog</name>
  <message numerus="yes">
   <source>%n image(s) taken</source>
   <translation>
    <numerusform>%n image taken</numerusform>
    <numerusform>%n images taken</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>about %n image(s)</source>
   <translation>
    <numerusform>about %n image</numerusform>
    <numerusform>about %n images</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>WaitingList</name>
  <message numerus="yes">
   <source>and %n more</source>
   <translation>
    <numerusform>and %n more</numerusform>
    <numerusform>and %n more</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Walking</name>
  <message numerus="yes">
   <source>%n shape(s) selected</source>
   <translation>
    <numerusform>%n shape selected</numerusform>
    <numerusform>%n shapes selected</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Welcome</name>
  <message numerus="yes">
   <source>%n unlabelled image(s)</source>
   <translation>
    <numerusform>%n unlabelled image</numerusform>
    <numerusform>%n unlabelled images</numerusform>
   </translation>
  </message>
 </context>
</TS>
