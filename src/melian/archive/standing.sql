-- According to whom did each event happen? See worked_out.
SELECT reading, event, standing FROM told
